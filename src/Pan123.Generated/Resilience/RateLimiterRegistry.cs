using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Pan123;

/// <summary>The rate limiters of a client, one per operation, because the service counts per operation. They outlive the handlers.</summary>
internal sealed class RateLimiterRegistry(
    Pan123ClientOptions options, TimeProvider timeProvider, Pan123Telemetry telemetry, SafeLogger<OperationRateLimiter> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, OperationRateLimiter> _limiters = new(StringComparer.Ordinal);

    [SuppressMessage("Usage", "CA2213", Justification = "It has no timer, so there is nothing to dispose, and its token is used afterwards too.")]
    private readonly CancellationTokenSource _disposal = new();

    /// <param name="call">The call of the request; null for one without, which is not sent, so it does not matter which limiter it waits for.</param>
    public OperationRateLimiter Get(ApiRequest? call)
    {
        var operation = call?.Operation ?? "";
        return _limiters.TryGetValue(operation, out var limiter) ? limiter : Add(operation, call);
    }

    public void Dispose()
    {
        _disposal.Cancel();
        foreach (var limiter in _limiters.Values)
        {
            limiter.Dispose();
        }
    }

    // A separate method, since the closure of the lambda would be allocated for each request.
    private OperationRateLimiter Add(string operation, ApiRequest? call) => _limiters.GetOrAdd(
        operation, name => new OperationRateLimiter(CreateLimiter(name, call), options, timeProvider, telemetry, logger, _disposal.Token));

    private RateLimiter? CreateLimiter(string operation, ApiRequest? call)
    {
        // The custom limiter does not count the requests for tokens, which are few.
        if (options.RateLimiter is { } custom && call is not { RequiresAccessToken: false })
        {
            return custom;
        }

        if (options.RequestsPerSecond is not { } max)
        {
            return null;
        }

        var limiter = new AdaptiveRateLimiter(max, timeProvider);
        telemetry.ObserveLimit(operation, () => limiter.Limit);
        return limiter;
    }
}
