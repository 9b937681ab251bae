using Pan123.Cli;

using var interruption = Interruption.OfThisProcess();
var context = new ProcessContext(Terminal.OfThisProcess(), Environment.GetEnvironmentVariable, FileCache.OfThisUser(), interruption, TimeProvider.System);
return await new CommandLine(context).RunAsync(args);
