using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Polly.RateLimiting;

namespace Pan123;

/// <summary>
/// Keeps the requests to one operation within the limit, as the service counts them and not as they are sent: a permit comes back a
/// second after the answer. Whenever the request arrived in between, no second ever sees more than the limit, however long the way.
/// </summary>
/// <remarks>
/// A token bucket, as libraries have it, gives permits by the sender's clock. A full one lets twice its limit through within a second, and
/// what the network delays meets what comes after it. Each such slip costs a 429, and with it a pause for all callers.
/// </remarks>
internal sealed partial class RateLimit : IDisposable
{
    // A little more than the second that the service counts: a timer can be early by a tick of the system's clock, 16 ms on Windows.
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1.02);

    private readonly object _lock = new();
    private readonly Pan123ClientOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Pan123Telemetry _telemetry;
    private readonly ILogger _logger;
    private readonly CancellationToken _disposed;
    private readonly RateLimiter? _applications;
    private readonly ConcurrencyLimiter? _own;

    // The permits of requests that were answered within the last second, in that order, and when they were.
    private readonly Queue<(RateLimitLease Lease, long Answered)> _held = new();
    private long _pauseBegan;
    private TimeSpan _pause;

    public RateLimit(
        Pan123ClientOptions options,
        RateLimiter? applications,
        TimeProvider timeProvider,
        Pan123Telemetry telemetry,
        ILogger logger,
        CancellationToken disposed)
    {
        (_options, _applications, _timeProvider, _telemetry, _logger, _disposed) = (options, applications, timeProvider, telemetry, logger, disposed);
        if (applications is null && options.RequestsPerSecond is { } limit)
        {
            _own = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = limit, QueueLimit = int.MaxValue });
        }
    }

    /// <exception cref="RateLimiterRejectedException">
    /// The service wants to be left alone for longer than a call may take, or the client was disposed of.
    /// </exception>
    public async ValueTask<Permit> AcquireAsync(CancellationToken cancellationToken)
    {
        var started = _timeProvider.GetTimestamp();
        var lease = await LeaseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (PauseLeft() is var left && left > TimeSpan.Zero)
            {
                if (left > _options.TotalTimeout)
                {
                    throw new RateLimiterRejectedException($"The service asked to be left alone for another {left:c}, which is longer than a call may take.", left);
                }

                await DelayAsync(left, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            lease?.Dispose();
            throw;
        }

        _telemetry.RecordWait(_timeProvider.GetElapsedTime(started));
        return new Permit(this, lease);
    }

    /// <summary>Lets all callers wait, after one of them was told that there were too many requests.</summary>
    public void Pause(TimeSpan duration)
    {
        lock (_lock)
        {
            if (duration > PauseLeft())
            {
                (_pauseBegan, _pause) = (_timeProvider.GetTimestamp(), duration);
            }
        }

        Paused(duration);
    }

    public void Dispose() => _own?.Dispose();

    private async ValueTask<RateLimitLease?> LeaseAsync(CancellationToken cancellationToken)
    {
        if (((RateLimiter?)_own ?? _applications) is not { } limiter)
        {
            return null;
        }

        while (true)
        {
            RateLimitLease lease;
            try
            {
                lease = await limiter.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
            }
            catch (ObjectDisposedException disposed) when (_disposed.IsCancellationRequested)
            {
                throw Disposed(disposed);
            }

            if (lease.IsAcquired)
            {
                return lease;
            }

            // Not every limiter has a queue; one that a fleet shares says when to come again.
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) && retryAfter > TimeSpan.Zero ? retryAfter : _options.RetryDelay;
            lease.Dispose();
            await DelayAsync(wait < _options.TotalTimeout ? wait : _options.TotalTimeout, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed);
        try
        {
            await Task.Delay(delay, _timeProvider, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (_disposed.IsCancellationRequested)
        {
            throw Disposed(cancelled);
        }
    }

    // It ends the call and not only the attempt: only failures of the service are retried.
    private static RateLimiterRejectedException Disposed(Exception innerException) => new("the client was disposed of.", innerException);

    private void Return(RateLimitLease lease)
    {
        // The application's limiter counts as it will.
        if (_own is null)
        {
            lease.Dispose();
            return;
        }

        lock (_held)
        {
            _held.Enqueue((lease, _timeProvider.GetTimestamp()));
            if (_held.Count > 1)
            {
                // It is waited for the one before it.
                return;
            }
        }

        // One wait after the other, since a timer and a task for each request would cost more than all else here. Without the context of
        // this call, which has nothing to do with the next ones.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _ = ReturnHeldAsync();
        }
    }

    private async Task ReturnHeldAsync()
    {
        while (ReturnDue() is { } left)
        {
            // In whole milliseconds, as timers count: for less than one there would be no wait at all, again and again.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await Task.Delay(wait, _timeProvider, _disposed).ConfigureAwait(false);
        }
    }

    /// <returns>How long until the next is due; null when none is held any more.</returns>
    private TimeSpan? ReturnDue()
    {
        lock (_held)
        {
            while (_held.Count > 0)
            {
                var (lease, answered) = _held.Peek();
                var left = Second - _timeProvider.GetElapsedTime(answered);
                if (left > TimeSpan.Zero)
                {
                    return left;
                }

                lease.Dispose();
                _held.Dequeue();
            }

            return null;
        }
    }

    private TimeSpan PauseLeft()
    {
        lock (_lock)
        {
            return _pause - _timeProvider.GetElapsedTime(_pauseBegan);
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "The service has too many requests (429): all callers wait for {Duration}.")]
    private partial void Paused(TimeSpan duration);

    /// <summary>The right to send one request; given back after its answer.</summary>
    internal readonly struct Permit(RateLimit limit, RateLimitLease? lease) : IDisposable
    {
        public void Dispose()
        {
            if (lease is not null)
            {
                limit.Return(lease);
            }
        }
    }
}
