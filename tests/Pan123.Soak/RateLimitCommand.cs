using System.CommandLine;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>Whether the client detects the service's limit, uses it, and keeps to it, at any latency.</summary>
internal sealed class RateLimitCommand : Command
{
    private const int Calls = 1000;
    private const int Callers = 16;
    private const int CallsLimit = 50;
    private const int Batches = 300;
    private const int BatchesLimit = 10;

    private static readonly RateLimitScenario[] Scenarios =
    [
        .. new[] { 0, 100, 200, 300 }.Select(roundTrip => new RateLimitScenario
        {
            Name = $"{roundTrip} ms; 10", RoundTrip = _ => roundTrip, LeastUsed = 0.97, MostThrottled = 0,
        }),
        .. new[] { 100, 300 }.Select(roundTrip => new RateLimitScenario
        {
            Name = $"{roundTrip} ms ± 30 ms; 10", RoundTrip = _ => roundTrip, Jitter = 30, LeastUsed = 0.93, MostThrottled = 2,
        }),
        new()
        {
            Name = "100 ms, to 300 ms and back, ± 10 ms; 10", RoundTrip = GrowAndShrink, Jitter = 10, LeastUsed = 0.90, MostThrottled = 2,
        },
        new()
        {
            Name = "100 ms, 7 s later 300 ms, 7 s later 100 ms again, ± 10 ms; 10", RoundTrip = seconds => seconds is > 7 and < 14 ? 300 : 100, Jitter = 10, LeastUsed = 0.85, MostThrottled = 8,
        },
        .. new[] { 0, 200 }.Select(roundTrip => new RateLimitScenario
        {
            Name = $"{roundTrip} ms; 1", RoundTrip = _ => roundTrip, Limits = [(1, double.PositiveInfinity)], LeastUsed = 0.90, MostThrottled = 3,
        }),
        new()
        {
            Name = "50 ms; 10, then 1 for 60 s, then 10", RoundTrip = _ => 50, Limits = [(10, 5), (1, 60), (10, double.PositiveInfinity)], LeastUsed = 0.85, MostThrottled = 15,
        },
        new()
        {
            Name = "50 ms; 10, another program takes 3", RoundTrip = _ => 50, TakenByOthers = 3, LeastUsed = 0.85, MostThrottled = 10,
        },
    ];

    public RateLimitCommand()
        : base(
            "rate-limit",
            $"{Calls} calls at {CallsLimit} requests a second from {Callers} callers, {Batches} batches at {BatchesLimit} from the command line, and 20,000 files "
            + "with the default options against services with several latencies and several limits; takes about 5 minutes.") => SetAction(RunAsync);

    // From 100 ms to 300 within 5 seconds, and back within another 5.
    private static double GrowAndShrink(double seconds) => 100 + (200 * Math.Clamp(1 - (Math.Abs(seconds - 10) / 5), 0, 1));

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var isHeld = await CallAsync(cancellationToken) & await DeleteInBatchesAsync(cancellationToken);
        await Console.Out.WriteLineAsync("| round trip; requests a second | allowed in | took | used (at least) | 429s (at most) | files not deleted | as expected |");
        await Console.Out.WriteLineAsync("|---|---|---|---|---|---|---|");

        // The time that .NET takes to compile at the first requests is not latency.
        await new RateLimitScenario { Name = "warm-up", Requests = 20, RoundTrip = _ => 10, Jitter = 10, LeastUsed = 0, MostThrottled = 0 }.RunAsync(cancellationToken);

        // All at once, since they do little but wait.
        foreach (var run in Scenarios.Select(scenario => scenario.RunAsync(cancellationToken)).ToList())
        {
            var (row, isEachDeleted) = await run;
            await Console.Out.WriteLineAsync(row);
            isHeld &= isEachDeleted;
        }

        return isHeld ? 0 : 1;
    }

    private static async Task<bool> CallAsync(CancellationToken cancellationToken)
    {
        await using var emulator = await StartAsync(CallsLimit, Calls, cancellationToken);
        using var client = Pan123Client.Create(new Pan123ClientOptions
        {
            BaseAddress = emulator.BaseAddress,
            AccessToken = emulator.AccessToken,
            RequestsPerSecond = CallsLimit,
        });

        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var id && id <= Calls)
            {
                await client.DeleteFilesAsync([id], cancellationToken);
            }
        }));
        return await ReportAsync($"{Callers} callers", emulator, CallsLimit, Calls, Calls);
    }

    private static async Task<bool> DeleteInBatchesAsync(CancellationToken cancellationToken)
    {
        const int Files = Batches * 100;
        await using var emulator = await StartAsync(BatchesLimit, Files, cancellationToken);
        var list = Path.GetTempFileName();
        await File.WriteAllLinesAsync(list, Enumerable.Range(1, Files).Select(fileId => $"{fileId}"), cancellationToken);
        using var process = CommandLineProcess.Start(emulator, "delete", "--yes", "--requests-per-second", $"{BatchesLimit}", "--from", list);
        await process.WaitAsync();
        File.Delete(list);
        return await ReportAsync("the command line", emulator, BatchesLimit, Batches, Files);
    }

    // The emulator rejects what is over the limit; its records show afterwards whether that happened.
    private static async Task<Pan123Emulator> StartAsync(int limit, int files, CancellationToken cancellationToken)
    {
        var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { RequestsPerSecond = limit }, cancellationToken);
        emulator.Drive.AddToRecycleBin(Enumerable.Range(1, files).Select(fileId => (long)fileId));
        return emulator;
    }

    private static async Task<bool> ReportAsync(string who, Pan123Emulator emulator, int limit, int requests, int files)
    {
        var arrivals = ArrivalTimes.Of(emulator.Requests);
        var most = ArrivalTimes.MostWithinSecond(arrivals);
        var rejected = emulator.Requests.Count(request => request.IsRateLimited);
        var deleted = emulator.Drive.Count(FileState.Deleted);

        // In full seconds: within the last one, only the remaining requests are sent.
        var seconds = (arrivals[^1] - arrivals[0]).TotalSeconds;
        var ideal = (requests / limit) - 1;
        await Console.Out.WriteLineAsync($"rate-limit, {who}: {deleted} of {files} files deleted by {emulator.Requests.Count} requests in {seconds:F2} s; the limit of {limit} allows it in {ideal} s: {ideal / seconds:P1} used; most in any second: {most}; rejected: {rejected}");
        return rejected == 0 && most <= limit && deleted == files;
    }
}
