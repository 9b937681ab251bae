namespace Pan123;

/// <summary>
/// The shortest round trip of the last one or two seconds, or of the last requests if there were few. Older ones are forgotten, since the
/// latency can grow.
/// </summary>
internal sealed class ShortestRoundTrip(TimeProvider timeProvider)
{
    // At least so many, since a few may all be far from the shortest.
    private const int MinSamples = 16;

    private static readonly TimeSpan MinAge = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FewSamplesMargin = TimeSpan.FromMilliseconds(30);

    private TimeSpan _previous = TimeSpan.MaxValue;
    private TimeSpan _current = TimeSpan.MaxValue;
    private TimeSpan _sum;
    private int _samples;
    private long _since = timeProvider.GetTimestamp();

    /// <summary>How much longer the average round trip is.</summary>
    public TimeSpan Spread { get; private set; }

    /// <summary>Zero as long as none is known.</summary>
    public TimeSpan Value { get; private set; }

    public void Add(TimeSpan roundTrip, long now)
    {
        if (_samples >= MinSamples && timeProvider.GetElapsedTime(_since, now) >= MinAge)
        {
            Spread = new TimeSpan(_sum.Ticks / _samples) - _current;
            (_previous, _current, _sum, _samples, _since) = (_current, TimeSpan.MaxValue, TimeSpan.Zero, 0, now);
        }

        _samples++;
        _sum += roundTrip;
        _current = Min(roundTrip, _current);
        Value = Max(Min(_current, _previous) - Margin, TimeSpan.Zero);
    }

    // If the round trip became shorter, the next request can arrive earlier by half of the difference; the other half is the response. And the
    // more round trips differ, the further is the shortest of a few from the shortest possible: further than the limiter's slack.
    private TimeSpan Margin => _previous == TimeSpan.MaxValue ? FewSamplesMargin : new TimeSpan(Max(Max(_previous - _current, Spread - AdaptiveRateLimiter.Slack - AdaptiveRateLimiter.Slack), TimeSpan.Zero).Ticks / 2);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
