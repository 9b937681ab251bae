using Pan123.Cli;

using var interruption = Interruption.ForCurrentProcess();
var terminal = Terminal.ForCurrentProcess(onFailure: interruption.RequestGracefulStop);
var context = new ProcessContext(terminal, Environment.GetEnvironmentVariable, FileTokenCache.ForCurrentUser(), ProfileFolder.ForCurrentUser(), interruption, TimeProvider.System, OperatingSystem.IsWindows() ? Win32.GetUserDefaultUILanguage() : null);
return await new CommandLine(context).RunAsync(args);
