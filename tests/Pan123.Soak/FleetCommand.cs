using System.CommandLine;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>Whether processes that share the service's limit through Redis keep to it, and how much of it they use.</summary>
internal sealed class FleetCommand : Command
{
    /// <summary>Requests a second, the service's and that of all processes together.</summary>
    public const int Limit = 10;

    private const string Variable = "PAN123_TEST_REDIS";
    private const int Processes = 4;
    private const int Requests = 400;

    // Eight requests each: then code is compiled and connections are open, and a request is no longer late by the time that takes.
    private const int WarmUp = 800;
    private const int FilesEach = WarmUp + (Requests / Processes * 100);

    private readonly Option<string?> _redis = new("--redis")
    {
        Description = $"The Redis server's address, such as 127.0.0.1:6379; otherwise that in {Variable}.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Variable),
    };

    public FleetCommand()
        : base("fleet", $"{Processes} processes that share one limit through a Redis server, {Requests} requests in all, near the service and far from it; takes about 2 minutes.")
    {
        Add(_redis);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_redis) is not { Length: > 0 } redis)
        {
            await Console.Error.WriteLineAsync($"fleet: this needs a Redis server. Give its address, such as 127.0.0.1:6379, with --redis or in {Variable}.");
            return 1;
        }

        // One after the other, so that eight processes do not get in each other's way.
        var near = await RunAsync(redis, roundTrip: 0, jitter: 0, cancellationToken);
        var far = await RunAsync(redis, roundTrip: 100, jitter: 30, cancellationToken);
        return near && far ? 0 : 1;
    }

    /// <param name="redis">The Redis server's address.</param>
    /// <param name="roundTrip">To the service, in milliseconds.</param>
    /// <param name="jitter">In milliseconds, up and down.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>Whether the processes deleted everything and kept to the limit.</returns>
    [SuppressMessage("Security", "CA5394", Justification = "Chance that guards nothing.")]
    private static async Task<bool> RunAsync(string redis, int roundTrip, int jitter, CancellationToken cancellationToken)
    {
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { RequestsPerSecond = Limit }, cancellationToken);
        emulator.Drive.AddToRecycleBin(Enumerable.Range(1, Processes * FilesEach).Select(fileId => (long)fileId));
        await using var proxy = new LatencyProxy(emulator.BaseAddress, () => TimeSpan.FromMilliseconds(roundTrip + (jitter * ((2 * Random.Shared.NextDouble()) - 1))));
        var address = roundTrip == 0 ? emulator.BaseAddress : proxy.Start();

        var processes = await Task.WhenAll(Enumerable.Range(0, Processes).Select(process =>
            FleetWorkerCommand.StartProcessAsync(address, emulator.AccessToken, redis, 1 + (process * FilesEach), WarmUp, FilesEach - WarmUp)));

        // Then the warm-up's requests are in no second that is looked at, and in no window of the limiter.
        await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        var warmUp = emulator.Requests.Count;
        var succeeded = true;
        foreach (var process in processes)
        {
            await process.StandardInput.WriteLineAsync();
            await process.StandardInput.FlushAsync(cancellationToken);
        }

        foreach (var process in processes)
        {
            await process.WaitForExitAsync(cancellationToken);
            succeeded &= process.ExitCode == 0;
            process.Dispose();
        }

        return await ReportAsync($"{roundTrip} ms ± {jitter} ms", emulator, [.. emulator.Requests.Skip(warmUp)]) && succeeded;
    }

    private static async Task<bool> ReportAsync(string distance, Pan123Emulator emulator, IReadOnlyList<RecordedRequest> requests)
    {
        var deleted = emulator.Drive.Count(FileState.Deleted);
        var rejected = requests.Count(request => request.IsRateLimited);
        var arrivals = requests.Select(request => request.ArrivedAt).ToList();
        var most = arrivals.Max(end => arrivals.Count(arrival => arrival <= end && end - arrival < TimeSpan.FromSeconds(1)));

        // The last second is not over when its last request is sent.
        var used = (Requests - Limit) / (double)Limit / (arrivals[^1] - arrivals[0]).TotalSeconds;
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"fleet, {distance}: {deleted} of {Processes * FilesEach} files deleted by {Processes} processes; {requests.Count} requests after the warm-up, at most {most} within any second, {rejected} rejected, {used:P1} of the limit used"));
        return deleted == Processes * FilesEach && rejected == 0;
    }
}
