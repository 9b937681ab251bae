using System.Threading.RateLimiting;
using Polly.RateLimiting;

namespace Pan123;

/// <summary>
/// Keeps the requests to one operation within the limit as the service counts them, and not as they are sent: a permit returns one
/// second after the response. Whenever the request actually arrives, no one-second window can exceed the limit, whatever the latency.
/// </summary>
/// <remarks>
/// A token bucket, as libraries have it, issues permits by the sender's clock. A full one lets twice its limit through within a second, and
/// requests that the network delays arrive together with later ones. Each such excess costs a 429, and with it a pause for all callers.
/// </remarks>
internal sealed partial class OperationRateLimiter(
    Pan123ClientOptions options, RateLimiter? customLimiter, TimeProvider timeProvider, Pan123Telemetry telemetry, ILogger logger, CancellationToken disposed) : IDisposable
{
    // A little more than the second that the service counts: a timer can fire early by a tick of the system clock, 16 ms on Windows.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1.02);

    private readonly object _lock = new();
    private readonly ConcurrencyLimiter? _limiter = customLimiter is null && options.RequestsPerSecond is { } limit
        ? new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = limit, QueueLimit = int.MaxValue })
        : null;

    // The permits of requests whose response came within the last second, the oldest first, and when it came.
    private readonly Queue<(RateLimitLease Lease, long Since)> _cooling = new();
    private long _pauseBegan;
    private TimeSpan _pause;

    /// <returns>The permit for one request, to be released after its response; null if there is no limit.</returns>
    /// <exception cref="RateLimiterRejectedException">The service requires a longer pause than a call may take, or the client was disposed.</exception>
    public async ValueTask<RateLimitLease?> AcquireAsync(CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        RateLimitLease? lease = null;
        try
        {
            lease = await AcquireLeaseAsync(cancellationToken).ConfigureAwait(false);
            while (RemainingPause() is { Ticks: > 0 } remaining)
            {
                if (remaining > options.TotalTimeout)
                {
                    throw new RateLimiterRejectedException($"The service asked to be left alone for another {remaining:c}, which is longer than a call may take.", remaining);
                }

                await DelayAsync(remaining, cancellationToken).ConfigureAwait(false);
            }

            telemetry.RecordWait(timeProvider.GetElapsedTime(started));
            return lease;
        }
        catch (Exception failure)
        {
            lease?.Dispose();
            if (disposed.IsCancellationRequested)
            {
                // This ends the call and not only the attempt: only failures of the service are retried.
                throw new RateLimiterRejectedException("the client was disposed of.", failure);
            }

            throw;
        }
    }

    public void Release(RateLimitLease? lease)
    {
        // A custom limiter decides itself when permits return.
        if (lease is null || _limiter is null)
        {
            lease?.Dispose();
            return;
        }

        lock (_cooling)
        {
            _cooling.Enqueue((lease, timeProvider.GetTimestamp()));
            if (_cooling.Count > 1)
            {
                // The release loop is already running.
                return;
            }
        }

        // One loop for all, since a timer and a task for each request would cost more than everything else here. Without the execution
        // context of this call, which has nothing to do with later ones.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _ = ReleaseExpiredLeasesAsync();
        }
    }

    /// <summary>Pauses all callers, after one of them got a 429.</summary>
    public void Pause(TimeSpan duration)
    {
        lock (_lock)
        {
            if (duration > RemainingPause())
            {
                (_pauseBegan, _pause) = (timeProvider.GetTimestamp(), duration);
            }
        }

        LogPause(duration);
    }

    public void Dispose() => _limiter?.Dispose();

    private async ValueTask<RateLimitLease?> AcquireLeaseAsync(CancellationToken cancellationToken)
    {
        while ((customLimiter ?? _limiter) is { } limiter)
        {
            var lease = await limiter.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
            if (lease.IsAcquired)
            {
                return lease;
            }

            // Not every limiter has a queue; one that several programs share may say when to try again.
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) && retryAfter > TimeSpan.Zero ? retryAfter : options.RetryDelay;
            lease.Dispose();
            await DelayAsync(wait < options.TotalTimeout ? wait : options.TotalTimeout, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposed);
        await Task.Delay(delay, timeProvider, ending.Token).ConfigureAwait(false);
    }

    private async Task ReleaseExpiredLeasesAsync()
    {
        while (ReleaseExpired() is { } remaining)
        {
            // In whole milliseconds, as timers count: a delay of less than one would not wait, and the loop would spin.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds)), timeProvider, disposed).ConfigureAwait(false);
        }
    }

    /// <returns>How long until the next one expires; null if there is none.</returns>
    private TimeSpan? ReleaseExpired()
    {
        lock (_cooling)
        {
            while (_cooling.Count > 0)
            {
                var (lease, since) = _cooling.Peek();
                var remaining = Window - timeProvider.GetElapsedTime(since);
                if (remaining > TimeSpan.Zero)
                {
                    return remaining;
                }

                lease.Dispose();
                _cooling.Dequeue();
            }

            return null;
        }
    }

    private TimeSpan RemainingPause()
    {
        lock (_lock)
        {
            return _pause - timeProvider.GetElapsedTime(_pauseBegan);
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "The service has too many requests (429): all callers wait for {Duration}.")]
    private partial void LogPause(TimeSpan duration);
}
