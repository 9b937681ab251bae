namespace Pan123.Emulator;

/// <summary>
/// Lets so many requests through to each path within any one second: a sliding window, which knows no full seconds between which a
/// burst could fit. Not thread-safe.
/// </summary>
/// <remarks>
/// Requests that are refused do not count. If they did, a client that only ever repeats would never be let through again.
/// </remarks>
internal sealed class RateLimit(int? requestsPerSecond, IEnumerable<string> paths)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Queue<DateTimeOffset>> _letThrough =
        paths.ToDictionary(path => path, _ => new Queue<DateTimeOffset>());

    /// <summary>What a request is answered that is not let through.</summary>
    public Verdict Refusal { get; } = Verdict.Rejected(
        ResponseCode.TooManyRequests, $"too many requests: no more than {requestsPerSecond} a second");

    /// <summary>Asks for a request to be let through, and counts it if it is.</summary>
    /// <param name="path">Where it goes. Paths that are not among those limited are free.</param>
    /// <param name="now">When it arrived.</param>
    public bool LetsThrough(string path, DateTimeOffset now)
    {
        if (requestsPerSecond is not { } limit || !_letThrough.TryGetValue(path, out var inWindow))
        {
            return true;
        }

        // The absolute value, since a clock may be set back, and must not close the endpoint until it has caught up.
        while (inWindow.TryPeek(out var oldest) && (now - oldest).Duration() >= Window)
        {
            inWindow.Dequeue();
        }

        if (inWindow.Count >= limit)
        {
            return false;
        }

        inWindow.Enqueue(now);
        return true;
    }
}
