namespace Pan123.Emulator;

/// <summary>
/// Limits the requests to each path within any second: a sliding window, which allows no burst across the boundary of two full seconds.
/// </summary>
/// <remarks>
/// Rejected requests do not count. If they did, a client that keeps retrying would never get through again.
/// </remarks>
/// <param name="paths">The paths that have a limit.</param>
/// <param name="limits">The limits of single paths, which override <see cref="RequestsPerSecond"/>.</param>
internal sealed class EndpointRateLimiter(IEnumerable<string> paths, IReadOnlyDictionary<string, int> limits)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _acquired =
        paths.ToDictionary(path => path, _ => new Queue<DateTimeOffset>());

    /// <summary>The limit of each path that is not among the single paths. Null: no limit.</summary>
    public int? RequestsPerSecond
    {
        get
        {
            lock (_lock)
            {
                return field;
            }
        }

        set
        {
            lock (_lock)
            {
                field = value;
            }
        }
    }

    /// <summary>The limit of a path; null if it has none.</summary>
    public int? LimitOf(string path) => limits.TryGetValue(path, out var limit) ? limit : RequestsPerSecond;

    /// <summary>The result of a request over the limit.</summary>
    public EndpointResult RejectionAt(string path) => EndpointResult.Rejected(
        ResponseCode.TooManyRequests, $"too many requests: no more than {LimitOf(path)} a second");

    /// <summary>Counts a request, unless it is over the limit.</summary>
    /// <param name="path">The path of the request. Paths that are not among those with a limit have none.</param>
    /// <param name="now">When it arrived.</param>
    public bool TryAcquire(string path, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (LimitOf(path) is not { } limit || !_acquired.TryGetValue(path, out var inWindow))
            {
                return true;
            }

            // The absolute value, since a clock that is set back must not block the endpoint until it has caught up.
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
}
