using System.CommandLine;

namespace Pan123.Soak;

/// <summary>Whether the client finds the service's limit, uses it, and keeps to it, at any distance.</summary>
internal sealed class RateLimitCommand : Command
{
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
        : base("rate-limit", "20,000 files in batches, with the default options, against services at several distances and with several limits; takes about 4 minutes.") => SetAction(RunAsync);

    // From 100 ms to 300 within 5 seconds, and back within another 5.
    private static double GrowAndShrink(double seconds) => 100 + (200 * Math.Clamp(1 - (Math.Abs(seconds - 10) / 5), 0, 1));

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync("| round trip; requests a second | allowed in | took | used (at least) | 429s (at most) | files not deleted | as expected |");
        await Console.Out.WriteLineAsync("|---|---|---|---|---|---|---|");

        // What .NET compiles at the first requests is no distance.
        await new RateLimitScenario { Name = "warm-up", Requests = 20, RoundTrip = _ => 10, Jitter = 10, LeastUsed = 0, MostThrottled = 0 }.RunAsync(cancellationToken);

        // All at once: they do next to nothing but wait.
        var isHeld = true;
        foreach (var run in Scenarios.Select(scenario => scenario.RunAsync(cancellationToken)).ToList())
        {
            var (row, isEachDeleted) = await run;
            await Console.Out.WriteLineAsync(row);
            isHeld &= isEachDeleted;
        }

        return isHeld ? 0 : 1;
    }
}
