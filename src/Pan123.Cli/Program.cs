using Pan123.Cli;

using var interruption = Interruption.OfThisProcess();
var terminal = Terminal.OfThisProcess(onFailure: interruption.RequestFinish);
var context = new ProcessContext(terminal, Environment.GetEnvironmentVariable, FileCache.OfThisUser(), interruption, TimeProvider.System);
return await new CommandLine(context).RunAsync(args);
