using Pan123.Cli;

return await new CommandLine(Terminal.OfThisProcess(), Environment.GetEnvironmentVariable).RunAsync(args);
