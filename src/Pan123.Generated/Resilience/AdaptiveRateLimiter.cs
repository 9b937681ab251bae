using System.Threading.RateLimiting;

namespace Pan123;

/// <summary>
/// Keeps the requests to one operation within the limit as the service counts them, and not as they are sent: a permit returns one second
/// after the arrival of its request. <see cref="AdaptiveLimit"/> determines the limit itself.
/// </summary>
/// <remarks>
/// <para>
/// When a request arrived is not known, but its response left the service afterwards, and the next request takes time to arrive too. So a
/// permit can return one second after its response, minus the shortest round trip: as long as no latency becomes shorter than it was, no
/// second sees more than the limit. When the shortest round trip grows, permits return later than they could, for some eight seconds.
/// </para>
/// <para>
/// A token bucket, as libraries have it, issues permits by the sender's clock. A full one lets twice its limit through within a second, and
/// requests that the network delays arrive together with later ones.
/// </para>
/// </remarks>
internal sealed class AdaptiveRateLimiter(int max, TimeProvider timeProvider) : RateLimiter
{
    /// <summary>Added to the second that the service counts, since clocks differ. A larger margin would be safer, but waste more of the limit.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Window = Second + Slack;

    private readonly object _lock = new();
    private readonly AdaptiveLimit _limit = new(max, timeProvider);
    private readonly ShortestRoundTrip _shortest = new(timeProvider);
    private readonly Queue<Waiter> _waiters = new();

    // Requests that have ended and may have arrived within the last second, the oldest first.
    private readonly Queue<(long EndedAt, TimeSpan MaxRoundTrip, bool IsLetThrough)> _cooling = new();
    private int _letThrough;

    // When a response came to each request that was let through, within the last second. At a distance, some of their permits have returned
    // before, so these are more than the ones that cool.
    private readonly Queue<long> _letThroughAt = new();
    private int _inFlight;
    private int _connections;
    private bool _isLimitKnown = true;
    private ITimer? _timer;
    private (long EndedAt, TimeSpan Shortest)? _awaited;
    private bool _isDisposed;

    /// <summary>Requests a second.</summary>
    public int Limit => _limit.Current;

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new NotSupportedException("Every request waits for its turn.");

    [SuppressMessage("Reliability", "CA2000", Justification = "The caller disposes its permit.")]
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var now = timeProvider.GetTimestamp();
            GrantWaiters(now);
            if (_waiters.Count == 0 && HasPermit)
            {
                return new(Grant(now));
            }

            var waiter = new Waiter(cancellationToken);
            _waiters.Enqueue(waiter);
            SetTimer(now);
            return new(waiter.Task);
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
            while (_waiters.Count > 0)
            {
                _waiters.Dequeue().TrySetException(new ObjectDisposedException(nameof(AdaptiveRateLimiter)));
            }
        }

        base.Dispose(disposing);
    }

    // While the limit is unknown, one request at a time, until one is let through again.
    private bool HasPermit => _inFlight + _cooling.Count < _limit.Current && (_isLimitKnown || _inFlight == 0);

    private Permit Grant(long now) => new(this, now, isOnOpenConnection: _inFlight++ < _connections);

    private int? End(Permit permit, bool? isThrottled)
    {
        lock (_lock)
        {
            // Each request in flight has a connection. A request that has to open one takes longer than a round trip.
            _connections = Math.Max(_connections, _inFlight--);
            var now = timeProvider.GetTimestamp();
            var roundTrip = timeProvider.GetElapsedTime(permit.SentAt, now);
            if (isThrottled is { } throttled)
            {
                if (permit.IsOnOpenConnection)
                {
                    _shortest.Add(roundTrip, now);
                }

                OnResponse(throttled, now);
            }

            _cooling.Enqueue((now, isThrottled is null ? TimeSpan.Zero : roundTrip, isThrottled == false));
            GrantWaiters(now);
            return isThrottled == false ? _limit.TakeNews() : null;
        }
    }

    private void OnResponse(bool isThrottled, long now)
    {
        while (_letThroughAt.Count > 0 && timeProvider.GetElapsedTime(_letThroughAt.Peek(), now) >= Second)
        {
            _letThroughAt.Dequeue();
        }

        _isLimitKnown = !isThrottled;
        if (isThrottled)
        {
            _limit.Lower(_letThroughAt.Count, now);
            return;
        }

        _letThroughAt.Enqueue(now);
        ReturnCooled(now);
        _limit.Raise(++_letThrough, now);
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The waiter disposes its permit.")]
    private void GrantWaiters(long now)
    {
        ReturnCooled(now);
        while (_waiters.Count > 0 && (_waiters.Peek().Task.IsCompleted || HasPermit))
        {
            // A waiter that is cancelled at this moment gets no permit.
            if (_waiters.Dequeue() is { Task.IsCompleted: false } waiter && !waiter.TryGrant(Grant(now)))
            {
                _inFlight--;
            }
        }

        SetTimer(now);
    }

    private void ReturnCooled(long now)
    {
        while (_cooling.Count > 0 && GetFirstCooling(now) <= TimeSpan.Zero)
        {
            _letThrough -= _cooling.Dequeue().IsLetThrough ? 1 : 0;
        }
    }

    // How long until the next permit returns.
    private TimeSpan GetFirstCooling(long now)
    {
        var (endedAt, maxRoundTrip, _) = _cooling.Peek();
        return Window - (_shortest.Value < maxRoundTrip ? _shortest.Value : maxRoundTrip) - timeProvider.GetElapsedTime(endedAt, now);
    }

    // One timer for all, and only while a request waits: a timer for each request would cost more than everything else here.
    private void SetTimer(long now)
    {
        if (_isDisposed || _waiters.Count == 0 || _cooling.Count == 0 || (_cooling.Peek().EndedAt, _shortest.Value) == _awaited)
        {
            return;
        }

        _awaited = (_cooling.Peek().EndedAt, _shortest.Value);
        _timer?.Dispose();

        // In whole milliseconds, as timers count: with less than one, the timer would fire at once, again and again. Without the execution
        // context of this call, which has nothing to do with later ones.
        var delay = TimeSpan.FromMilliseconds(Math.Ceiling(GetFirstCooling(now).TotalMilliseconds));
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _timer = timeProvider.CreateTimer(static limiter => ((AdaptiveRateLimiter)limiter!).OnTimer(), this, delay, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            _awaited = null;
            GrantWaiters(timeProvider.GetTimestamp());
        }
    }

    private sealed class Waiter : TaskCompletionSource<RateLimitLease>
    {
        private readonly CancellationTokenRegistration _registration;

        public Waiter(CancellationToken cancellationToken)
            : base(TaskCreationOptions.RunContinuationsAsynchronously) => _registration = cancellationToken.Register(() => TrySetCanceled(cancellationToken));

        public bool TryGrant(Permit permit)
        {
            _registration.Dispose();
            return TrySetResult(permit);
        }
    }

    /// <summary>The permit for one request. It ends with the response, or when it is disposed.</summary>
    internal sealed class Permit(AdaptiveRateLimiter limiter, long sentAt, bool isOnOpenConnection) : RateLimitLease
    {
        private int _hasEnded;

        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public long SentAt => sentAt;

        public bool IsOnOpenConnection => isOnOpenConnection;

        /// <param name="isThrottled">Whether the response is a 429; null if there was none.</param>
        /// <returns>The limit if it has fallen; otherwise null.</returns>
        public int? End(bool? isThrottled) => Interlocked.Exchange(ref _hasEnded, 1) == 0 ? limiter.End(this, isThrottled) : null;

        public override bool TryGetMetadata(string metadataName, out object? metadata) => (metadata = null) is not null;

        protected override void Dispose(bool disposing)
        {
            End(isThrottled: null);
            base.Dispose(disposing);
        }
    }
}
