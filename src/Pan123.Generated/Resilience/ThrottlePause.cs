namespace Pan123;

/// <summary>The pause of all callers after a 429: as long as <c>Retry-After</c> says, otherwise longer each time, until a request is let through.</summary>
internal sealed class ThrottlePause(TimeSpan firstBackoff, TimeProvider timeProvider)
{
    private const int MaxDoublings = 4;

    private readonly object _lock = new();
    private long _began;
    private TimeSpan _duration;
    private int _doublings;
    private long? _letThroughAt;

    public TimeSpan Remaining
    {
        get
        {
            lock (_lock)
            {
                return _duration - timeProvider.GetElapsedTime(_began);
            }
        }
    }

    public bool HasLetThroughWithin(TimeSpan duration)
    {
        lock (_lock)
        {
            return _letThroughAt is { } timestamp && timeProvider.GetElapsedTime(timestamp) < duration;
        }
    }

    public void OnLetThrough()
    {
        lock (_lock)
        {
            (_letThroughAt, _doublings) = (timeProvider.GetTimestamp(), 0);
        }
    }

    /// <param name="retryAfter">What the 429 asks for; null for a backoff.</param>
    /// <returns>The duration of the pause that begins; null if one is in progress that ends later.</returns>
    public TimeSpan? Begin(TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            var remaining = Remaining;
            if (retryAfter is null && remaining > TimeSpan.Zero)
            {
                // Sent before the pause.
                return null;
            }

            var duration = retryAfter ?? new TimeSpan(firstBackoff.Ticks << _doublings);
            if (retryAfter is null)
            {
                _doublings = Math.Min(_doublings + 1, MaxDoublings);
            }

            if (duration <= remaining)
            {
                return null;
            }

            (_began, _duration) = (timeProvider.GetTimestamp(), duration);
            return duration;
        }
    }
}
