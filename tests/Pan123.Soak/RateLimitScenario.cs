using System.Diagnostics;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>
/// A service with a latency and a limit that the client does not know, and the expectations of a run of batches against it.
/// </summary>
internal sealed record RateLimitScenario
{
    // A margin for a busy machine, on which a run must not fail.
    private const int Noise = 5;

    public int Requests { get; init; } = 200;

    /// <summary>The round trip in milliseconds, by the seconds since the first request.</summary>
    public required Func<double, double> RoundTrip { get; init; }

    /// <summary>By how many milliseconds the round trip varies, up and down.</summary>
    public double Jitter { get; init; }

    /// <summary>Requests a second, and for how many seconds each limit applies; the last one applies to the end.</summary>
    public (int Limit, double Seconds)[] Limits { get; init; } = [(10, double.PositiveInfinity)];

    /// <summary>How many of these requests another program uses.</summary>
    public int TakenByOthers { get; init; }

    public required string Name { get; init; }

    public required double LeastUsed { get; init; }

    public required int MostThrottled { get; init; }

    /// <returns>A row of the table, and whether every file was deleted by hardly more requests than the service allows.</returns>
    public async Task<(string Row, bool IsHeld)> RunAsync(CancellationToken cancellationToken)
    {
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { RequestsPerSecond = Limits[0].Limit }, cancellationToken);
        emulator.Drive.AddToRecycleBin(Enumerable.Range(1, Files + 100_000).Select(fileId => (long)fileId));
        var clock = Stopwatch.StartNew();
        await using var proxy = new LatencyProxy(emulator.BaseAddress, () => RoundTrip(clock.Elapsed.TotalSeconds), Jitter);
        using var client = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = proxy.Start(), AccessToken = emulator.AccessToken });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var others = Task.WhenAll(ChangeLimitAsync(emulator, end.Token), RunOtherProgramAsync(emulator, end.Token));

        var notDeleted = 0;
        await foreach (var result in client.DeleteFilesInBatchesAsync(Enumerable.Range(1, Files).Select(fileId => (long)fileId), cancellationToken: cancellationToken))
        {
            notDeleted += result.Outcome == DeleteOutcome.Deleted ? 0 : result.FileIds.Count;
        }

        await end.CancelAsync();
        await others;
        return Report(emulator, notDeleted);
    }

    private int Files => Requests * 100;

    private (string Row, bool IsHeld) Report(Pan123Emulator emulator, int notDeleted)
    {
        var requests = emulator.Requests.Where(request => !request.Headers.Any(header => header.Value == HandWrittenClient.UserAgent)).ToList();
        var throttled = requests.Count(request => request.IsRateLimited);
        var seconds = (requests[^1].ArrivedAt - requests[0].ArrivedAt).TotalSeconds;
        var used = AllowedSeconds / seconds;
        var others = emulator.Requests.Count(request => !request.IsRateLimited) - (requests.Count - throttled);
        var isAsExpected = used >= LeastUsed && throttled <= MostThrottled && notDeleted == 0;
        return (
            $"| {Name} | {AllowedSeconds:F1} s | {seconds:F2} s | {used:P1} ({LeastUsed:P0}) | {throttled} ({MostThrottled}){(TakenByOthers > 0 ? $", the other program: {others / seconds:F1} a second" : "")} | {notDeleted} | {(isAsExpected ? "yes" : "**no**")} |",
            notDeleted == 0 && throttled <= MostThrottled + Noise);
    }

    // The last second is not over when its last request is sent.
    private double AllowedSeconds
    {
        get
        {
            var (left, seconds) = (Requests - (double)(Limits[^1].Limit - TakenByOthers), 0.0);
            foreach (var (limit, duration) in Limits)
            {
                var needed = Math.Min(duration, left / (limit - TakenByOthers));
                (left, seconds) = (left - (needed * (limit - TakenByOthers)), seconds + needed);
            }

            return seconds;
        }
    }

    private async Task ChangeLimitAsync(Pan123Emulator emulator, CancellationToken cancellationToken)
    {
        try
        {
            await emulator.WaitForRequestAsync(1, cancellationToken);
            for (var index = 0; index < Limits.Length - 1; index++)
            {
                await Task.Delay(TimeSpan.FromSeconds(Limits[index].Seconds), cancellationToken);
                emulator.RequestsPerSecond = Limits[index + 1].Limit;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is complete.
        }
    }

    private async Task RunOtherProgramAsync(Pan123Emulator emulator, CancellationToken cancellationToken)
    {
        if (TakenByOthers == 0)
        {
            return;
        }

        using var program = new HandWrittenClient(emulator, isResilient: false, () => new SocketsHttpHandler());
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / TakenByOthers));
        try
        {
            for (long fileId = Files + 1; await timer.WaitForNextTickAsync(cancellationToken); fileId++)
            {
                // The other program does not back off: it resends what is rejected.
                while (await program.DeleteAsync([fileId], cancellationToken) != 0)
                {
                    await Task.Delay(20, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is complete.
        }
    }
}
