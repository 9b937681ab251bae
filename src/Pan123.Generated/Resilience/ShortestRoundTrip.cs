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

    private static readonly TimeSpan MinPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FewSamplesMargin = TimeSpan.FromMilliseconds(50);

    private readonly Queue<(TimeSpan Shortest, int Samples)> _periods = new();
    private (TimeSpan Shortest, int Samples) _current = (TimeSpan.MaxValue, 0);
    private TimeSpan _shortestOfPeriods = TimeSpan.MaxValue;
    private TimeSpan _shortestOfLast = TimeSpan.Zero;
    private TimeSpan _decrease;
    private TimeSpan _last;
    private TimeSpan _jitter;
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

        if (_samples++ > 0)
        {
            // From one round trip to the next, so that a latency that grows is no jitter: https://datatracker.ietf.org/doc/html/rfc3550#section-6.4.1
            _jitter += new TimeSpan(((roundTrip - _last).Duration() - _jitter).Ticks / Math.Min(_samples - 1, JitterSamples));
        }

        _last = roundTrip;
        _current = (Min(roundTrip, _current.Shortest), _current.Samples + 1);
        Value = Max(Min(_current.Shortest, _shortestOfPeriods) - Margin, TimeSpan.Zero);
    }

    // The fewer round trips there were, and the more they differ, the further is their shortest from the shortest possible. And if they become
    // shorter, the next request arrives earlier by half of the difference; the other half is the response. The limiter's slack covers a part.
    private TimeSpan Margin => _samples < FewSamples
        ? FewSamplesMargin
        : Max(TimeSpan.FromTicks((long)(_jitter.Ticks * 5 / Math.Sqrt(_samples))) + new TimeSpan(Max(_decrease, _shortestOfLast - _current.Shortest).Ticks / 2) - AdaptiveRateLimiter.Slack, TimeSpan.Zero);

    private void BeginPeriod(long now)
    {
        _decrease = Max(_shortestOfLast - _current.Shortest, TimeSpan.Zero);
        _shortestOfLast = _current.Shortest;
        _periods.Enqueue(_current);
        if (_periods.Count > MaxPeriods)
        {
            _samples -= _periods.Dequeue().Samples;
        }

        _shortestOfPeriods = _periods.Min(period => period.Shortest);
        (_current, _since) = ((TimeSpan.MaxValue, 0), now);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
