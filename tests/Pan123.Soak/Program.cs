using System.CommandLine;
using Pan123.Soak;

return await new RootCommand("Runs that take longer than a test may. Exit code 0 if the run was as expected; its figures are for the reader.")
{
    new WorkerCommand(),
    new RateLimitCommand(),
    new TokenContentionCommand(),
    new AccountsCommand(),
    new AccountsWorkerCommand(),
    new FleetCommand(),
    new FleetWorkerCommand(),
    new FaultsCommand(),
    new BatchesCommand(),
    new CrashRecoveryCommand(),
}.Parse(args).InvokeAsync();
