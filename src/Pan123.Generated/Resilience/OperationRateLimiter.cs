using System.Threading.RateLimiting;
using Polly.RateLimiting;

namespace Pan123;

/// <summary>
/// Makes the requests to one operation wait for their permits, from the client's own limiter or a custom one, and for the pause after a
/// 429.
/// </summary>
internal sealed partial class OperationRateLimiter(
    RateLimiter? limiter, Pan123ClientOptions options, TimeProvider timeProvider, Pan123Telemetry telemetry, ILogger logger, CancellationToken disposed) : IDisposable
{
    // Without a limit: a lease of no permits, which holds nothing.
    private static readonly RateLimitLease NoLimit = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1 }).AttemptAcquire(0);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ThrottlePause _pause = new(options.RetryDelay, timeProvider);

    /// <summary>The requests a second that it keeps to; null if the limiter is not the client's own.</summary>
    public int? Limit => (limiter as AdaptiveRateLimiter)?.Limit;

    /// <summary>
    /// Whether the service let a request through within the last minute, so that a call whose time ran out may have its turn later.
    /// </summary>
    public bool LetsThrough => _pause.HasLetThroughWithin(Minute) && _pause.Remaining <= options.TotalTimeout;

    /// <returns>The permit for one request, to be disposed after its response.</returns>
    /// <exception cref="RateLimiterRejectedException">The service requires a longer pause than a call may take, or the client was disposed.</exception>
    public async ValueTask<RateLimitLease> AcquireAsync(CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        RateLimitLease? lease = null;
        try
        {
            lease = await AcquireLeaseAsync(cancellationToken).ConfigureAwait(false);
            while (_pause.Remaining is { Ticks: > 0 } remaining)
            {
                if (remaining > options.TotalTimeout)
                {
                    throw new RateLimiterRejectedException($"the service asked for a pause of {remaining:c}, which is longer than a call may take ({nameof(options.TotalTimeout)}).", remaining);
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
                throw new RateLimiterRejectedException("the client was disposed.", failure);
            }

            throw;
        }
    }

    /// <summary>Learns from a response.</summary>
    /// <param name="lease">The permit of the request.</param>
    /// <param name="response">The response.</param>
    /// <returns>Whether to retry the request, after its next permit.</returns>
    public bool OnResponse(RateLimitLease lease, HttpResponseMessage response)
    {
        var isThrottled = response.StatusCode == (HttpStatusCode)429;
        var own = lease as AdaptiveRateLimiter.Permit;
        var lowered = own?.End(isThrottled);
        if (!isThrottled)
        {
            _pause.OnLetThrough();
            if (lowered is { } limit)
            {
                LogLimit(limit == 1 ? "1 request" : FormattableString.Invariant($"{limit} requests"));
            }

            return false;
        }

        // A Retry-After of zero is ignored: the request would be retried at once, again and again. Without a Retry-After, the lower limit
        // is enough as long as the service lets others through.
        var retryAfter = RetryAfter.Parse(response, timeProvider) is { Ticks: > 0 } demanded ? demanded : default(TimeSpan?);
        if ((retryAfter is not null || own is null || !_pause.HasLetThroughWithin(Second)) && _pause.Begin(retryAfter) is { } duration)
        {
            LogPause(duration);
        }

        return _pause.Remaining <= options.TotalTimeout;
    }

    // A custom limiter is the application's.
    public void Dispose() => (limiter as AdaptiveRateLimiter)?.Dispose();

    private async ValueTask<RateLimitLease> AcquireLeaseAsync(CancellationToken cancellationToken)
    {
        while (limiter is not null)
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

        return NoLimit;
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposed);
        await Task.Delay(delay, timeProvider, ending.Token).ConfigureAwait(false);
    }

    [LoggerMessage(3, LogLevel.Warning, "Rate limited by the service (429); pausing all requests to the operation for {Duration}.")]
    private partial void LogPause(TimeSpan duration);

    [LoggerMessage(7, LogLevel.Warning, "The service allows about {Limit} a second; keeping to that.")]
    private partial void LogLimit(string limit);
}
