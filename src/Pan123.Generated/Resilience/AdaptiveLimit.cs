namespace Pan123;

/// <summary>
/// Determines how many requests a second the service allows, from those that it lets through and those that get a 429. The limit of an
/// account is not known: the platform documents one figure for members and another for free accounts, and other programs may use a part of it.
/// </summary>
/// <remarks>
/// A 429 lowers the limit to the number of requests that were let through within the last second. Later, one more is tried, and then more
/// at a time for as long as they are let through. If the service let so many through recently, it is only busy for a while, and the next
/// try comes soon. Otherwise a try most likely fails, and the next one comes much later.
/// </remarks>
internal sealed class AdaptiveLimit
{
    /// <summary>Two requests a second tell a free account from a member's, so the limit begins with no more.</summary>
    private const int Initial = 2;

    private static readonly TimeSpan RecentTime = TimeSpan.FromMinutes(2);

    private readonly int _max;
    private readonly TimeProvider _timeProvider;

    private int _step;
    private int _failedTries;
    private int _settled;
    private bool _isTry = true;
    private bool _isNew;
    private long? _toldAt;
    private long _changedAt;
    private int _most;
    private long _mostAt;

    /// <param name="max">The maximum number of requests a second, which is never exceeded.</param>
    /// <param name="timeProvider">The clock.</param>
    public AdaptiveLimit(int max, TimeProvider timeProvider)
    {
        (_max, _timeProvider) = (max, timeProvider);
        (Current, _settled, _step) = (Math.Min(Initial, max), max, max);
        _changedAt = _mostAt = timeProvider.GetTimestamp();
    }

    /// <summary>Requests a second.</summary>
    public int Current { get; private set; }

    /// <summary>The limit if it has fallen since it was last returned, at most once a minute; otherwise null.</summary>
    public int? TakeNews()
    {
        if (!_isNew || (_toldAt is { } last && _timeProvider.GetElapsedTime(last) < TimeSpan.FromMinutes(1)))
        {
            return null;
        }

        (_isNew, _toldAt) = (false, _timeProvider.GetTimestamp());
        return Current;
    }

    /// <summary>A request was let through.</summary>
    /// <param name="withinSecond">How many were, within the last second.</param>
    /// <param name="now">The timestamp of the response.</param>
    public void Raise(int withinSecond, long now)
    {
        if (withinSecond >= _most || !IsMostRecent(now))
        {
            (_most, _mostAt) = (withinSecond, now);
        }

        // There may be more than the limit, sent before it was lowered.
        Current = Math.Min(Math.Max(Current, withinSecond), _max);
        if (withinSecond < Current)
        {
            return;
        }

        if (_isTry)
        {
            (_isTry, _failedTries, _settled) = (false, 0, Current);
        }
        else if (_timeProvider.GetElapsedTime(_changedAt, now) < GetTimeToNextTry(now))
        {
            return;
        }

        if (Current < _max)
        {
            Current += Math.Min(_step, _max - Current);
            _step = Math.Min(_step, _max / 2) * 2;
            (_isTry, _changedAt) = (true, now);
        }
    }

    /// <summary>A request got a 429.</summary>
    /// <param name="withinSecond">How many others were let through within the last second.</param>
    /// <param name="now">The timestamp of the response.</param>
    public void Lower(int withinSecond, long now)
    {
        Current = Math.Max(1, Math.Min(Current, withinSecond));
        _failedTries += _isTry ? 1 : 0;
        _isNew |= Current < _settled;
        (_isTry, _step, _settled, _changedAt) = (false, 1, Current, now);
    }

    // In seconds. For a free account, one try fails at the start, and one 15 seconds later, in case another program was busy at the start.
    private TimeSpan GetTimeToNextTry(long now) => TimeSpan.FromSeconds((Current < _most && IsMostRecent(now), _failedTries) switch
    {
        (true, 0) => 4,
        (true, _) => 12,
        (false, <= 1) => 15,
        _ => 240,
    });

    private bool IsMostRecent(long now) => _timeProvider.GetElapsedTime(_mostAt, now) < RecentTime;
}
