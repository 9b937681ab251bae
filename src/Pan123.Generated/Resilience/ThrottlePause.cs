namespace Pan123;

/// <summary>The pause of all callers after a 429: as long as <c>Retry-After</c> says, otherwise longer each time, until a request is let through.</summary>
internal sealed class ThrottlePause(TimeSpan firstBackoff, TimeProvider timeProvider)
{
    private const int MaxDoublings = 4;

    private readonly object _lock = new();
    private Pause _pause = new(0, TimeSpan.Zero);
    private long _letThroughAt = long.MaxValue;
    private int _doublings;

    public TimeSpan Remaining
    {
        get
        {
            // Read once, since another pause may begin at this moment.
            var (began, duration) = _pause;
            return duration == TimeSpan.Zero ? duration : duration - timeProvider.GetElapsedTime(began);
        }
    }

    public bool HasLetThroughWithin(TimeSpan duration) =>
        Volatile.Read(ref _letThroughAt) is var timestamp and not long.MaxValue && timeProvider.GetElapsedTime(timestamp) < duration;

    public void OnLetThrough()
    {
        Volatile.Write(ref _letThroughAt, timeProvider.GetTimestamp());
        _doublings = 0;
    }

    /// <param name="retryAfter">How long the 429 demands to wait; null for a backoff.</param>
    /// <returns>The duration of the pause that begins; null if one is in progress that ends later.</returns>
    public TimeSpan? Begin(TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            // Responses to requests that were sent before a pause begin no other one.
            var duration = retryAfter ?? (Remaining > TimeSpan.Zero ? TimeSpan.Zero : new TimeSpan(firstBackoff.Ticks << _doublings));
            if (duration <= Remaining || duration == TimeSpan.Zero)
            {
                return null;
            }

            _doublings = Math.Min(_doublings + (retryAfter is null ? 1 : 0), MaxDoublings);
            _pause = new(timeProvider.GetTimestamp(), duration);
            return duration;
        }
    }

    private sealed record Pause(long Began, TimeSpan Duration);
}
