using System.CommandLine;
using System.Diagnostics;
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

    // A margin for a busy machine, on which a run must not fail: a process that stalls with its permit sends late.
    private const int Noise = Requests / 20;

    // Eight requests each: then code is compiled and connections are open, which would delay requests.
    private const int WarmUp = 800;
    private const int FilesEach = WarmUp + (Requests / Processes * 100);

    private readonly Option<string?> _redis = new("--redis")
    {
        Description = $"The Redis server's address, such as 127.0.0.1:6379; otherwise that in {Variable}.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Variable),
    };

    private readonly Option<int> _roundTrip = new("--round-trip") { Description = "The round trip to the service in milliseconds; 0 if it is not given." };
    private readonly Option<int> _jitter = new("--jitter") { Description = "By how many milliseconds the round trip varies, up and down." };

    public FleetCommand()
        : base("fleet", $"{Processes} processes that share one limit through a Redis server, {Requests} requests in all; takes about a minute.")
    {
        Add(_redis);
        Add(_roundTrip);
        Add(_jitter);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_redis) is not { Length: > 0 } redis)
        {
            await Console.Error.WriteLineAsync($"fleet: this needs a Redis server. Give its address, such as 127.0.0.1:6379, with --redis or in {Variable}.");
            return 1;
        }

        var (roundTrip, jitter) = (arguments.GetValue(_roundTrip), arguments.GetValue(_jitter));
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { RequestsPerSecond = Limit }, cancellationToken);
        emulator.Drive.AddToRecycleBin(Enumerable.Range(1, Processes * FilesEach).Select(fileId => (long)fileId));
        await using var proxy = new LatencyProxy(emulator.BaseAddress, () => roundTrip, jitter);
        var address = roundTrip == 0 ? emulator.BaseAddress : proxy.Start();

        var processes = await Task.WhenAll(Enumerable.Range(0, Processes).Select(process =>
            FleetWorkerCommand.StartProcessAsync(address, emulator.AccessToken, redis, 1 + (process * FilesEach), WarmUp, FilesEach - WarmUp)));

        // So that the requests of the warm-up are in no measured second, and in no window of the limiter.
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

        return await ReportAsync(emulator, [.. emulator.Requests.Skip(warmUp)]) && succeeded ? 0 : 1;
    }

    private static async Task<bool> ReportAsync(Pan123Emulator emulator, IReadOnlyList<RecordedRequest> requests)
    {
        var deleted = emulator.Drive.Count(FileState.Deleted);
        var rejected = requests.Count(request => request.IsRateLimited);
        var arrivals = ArrivalTimes.Of(requests);
        var most = ArrivalTimes.MostWithinSecond(arrivals);

        // The last second is not over when its last request is sent.
        var used = (Requests - Limit) / (double)Limit / (arrivals[^1] - arrivals[0]).TotalSeconds;
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"fleet: {deleted} of {Processes * FilesEach} files deleted by {Processes} processes; {requests.Count} requests after the warm-up, at most {most} within any second, {rejected} rejected, {used:P1} of the limit used"));
        return deleted == Processes * FilesEach && rejected <= Noise;
    }
}
