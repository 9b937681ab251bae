using Pan123.Cli;

using var interruption = Interruption.ForCurrentProcess();
var terminal = Terminal.ForCurrentProcess(onFailure: interruption.RequestGracefulStop);
var context = new ProcessContext(terminal, Environment.GetEnvironmentVariable, FileTokenCache.ForCurrentUser(), ProfileFolder.ForCurrentUser(), interruption, TimeProvider.System);
return await new CommandLine(context).RunAsync(args);
