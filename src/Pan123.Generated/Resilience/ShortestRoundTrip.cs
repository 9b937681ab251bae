namespace Pan123;

/// <summary>
/// The shortest round trip to expect: the shortest of the last eight seconds, or of the last requests if there were few, less a margin.
/// Older ones are forgotten, since the latency can grow.
/// </summary>
internal sealed class ShortestRoundTrip(TimeProvider timeProvider)
{
    private const int MaxPeriods = 8;
    private const int FewSamples = 8;
    private const int JitterSamples = 16;
    private const long FewSamplesMargin = 50 * TimeSpan.TicksPerMillisecond;

    private static readonly TimeSpan MinPeriod = TimeSpan.FromSeconds(1);

    // Round trips in ticks.
    private readonly Queue<(long Shortest, int Samples)> _periods = new();
    private (long Shortest, int Samples) _current = (long.MaxValue, 0);
    private long _shortestOfPeriods = long.MaxValue;
    private long _shortestOfLast;
    private long _decrease;
    private long _last;
    private long _jitter;
    private int _samples;
    private long _since = timeProvider.GetTimestamp();

    /// <summary>Zero as long as none is known.</summary>
    public TimeSpan Value { get; private set; }

    public void Add(TimeSpan roundTrip, long now)
    {
        if (_current.Samples > 0 && timeProvider.GetElapsedTime(_since, now) >= MinPeriod)
        {
            BeginPeriod(now);
        }

        // From one round trip to the next, so that a latency that grows is no jitter: https://datatracker.ietf.org/doc/html/rfc3550#section-6.4.1
        var difference = _samples++ == 0 ? 0 : Math.Abs(roundTrip.Ticks - _last);
        _jitter += (difference - _jitter) / Math.Min(Math.Max(_samples - 1, 1), JitterSamples);
        _last = roundTrip.Ticks;
        _current = (Math.Min(_last, _current.Shortest), _current.Samples + 1);
        Value = new TimeSpan(Math.Max(Math.Min(_current.Shortest, _shortestOfPeriods) - Margin, 0));
    }

    // The fewer round trips there were, and the more they differ, the further is their shortest from the shortest possible. And if they become
    // shorter, the next request arrives earlier by half of the difference; the other half is the response. The limiter's slack covers a part.
    private long Margin => _samples < FewSamples
        ? FewSamplesMargin
        : Math.Max((long)(5 * _jitter / Math.Sqrt(_samples)) + (Math.Max(_decrease, _shortestOfLast - _current.Shortest) / 2) - AdaptiveRateLimiter.Slack.Ticks, 0);

    private void BeginPeriod(long now)
    {
        _decrease = Math.Max(_shortestOfLast - _current.Shortest, 0);
        _shortestOfLast = _current.Shortest;
        _periods.Enqueue(_current);
        if (_periods.Count > MaxPeriods)
        {
            _samples -= _periods.Dequeue().Samples;
        }

        _shortestOfPeriods = _periods.Min(period => period.Shortest);
        (_current, _since) = ((long.MaxValue, 0), now);
    }
}
