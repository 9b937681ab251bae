using System.CommandLine;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>More processes with one client ID than the service keeps access tokens for, and no shared cache.</summary>
internal sealed class TokenContentionCommand : Command
{
    private const int Processes = 4;
    private const int Calls = 200;

    public TokenContentionCommand()
        : base("token-contention", $"{Processes} processes without a shared cache, {Calls} calls in all.") => SetAction(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var emulator = await Pan123Emulator.StartAsync(cancellationToken: cancellationToken);
        emulator.Drive.AddToRecycleBin([.. Enumerable.Range(1, Calls).Select(id => (long)id)]);

        const int Each = Calls / Processes;
        var deleted = await Task.WhenAll(Enumerable.Range(0, Processes).Select(process => WorkerCommand.RunProcessAsync(emulator.BaseAddress, 1 + (process * Each), Each)));

        var requests = emulator.Requests.Count(request => request.PathAndQuery == Pan123Emulator.DeleteFilesPath);
        await Console.Out.WriteLineAsync($"token-contention: {deleted.Sum()} of {Calls} files deleted by {Processes} processes; {emulator.Tokens.IssuedCount} access tokens issued, {requests} deletions sent");
        return deleted.Sum() == Calls && emulator.Drive.Count(FileState.Deleted) == Calls && emulator.Tokens.IssuedCount < Calls / 4 ? 0 : 1;
    }
}
