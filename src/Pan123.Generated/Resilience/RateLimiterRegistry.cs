using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Pan123;

/// <summary>The rate limiters of an account, one per operation, because the service counts per operation. They outlive the handlers.</summary>
internal sealed class RateLimiterRegistry(
    Pan123ClientOptions options, TimeProvider timeProvider, Pan123Telemetry telemetry, SafeLogger<OperationRateLimiter> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, OperationRateLimiter> _limiters = new(StringComparer.Ordinal);

    [SuppressMessage("Usage", "CA2213", Justification = "It has no timer, so there is nothing to dispose, and its token is used afterwards too.")]
    private readonly CancellationTokenSource _disposal = new();

    /// <summary>The requests a second that each operation keeps to.</summary>
    public IEnumerable<(string Operation, int RequestsPerSecond)> Limits =>
        from limiter in _limiters
        let limit = limiter.Value.Limit
        where limit is not null
        select (limiter.Key, limit.Value);

    public OperationRateLimiter Get(ApiRequest call) => _limiters.TryGetValue(call.Operation, out var limiter) ? limiter : Add(call);

    public void Dispose()
    {
        _disposal.Cancel();
        foreach (var limiter in _limiters.Values)
        {
            limiter.Dispose();
        }
    }

    // A separate method, since the closure of the lambda would be allocated for each request.
    private OperationRateLimiter Add(ApiRequest call) => _limiters.GetOrAdd(
        call.Operation, _ => new OperationRateLimiter(CreateLimiter(call), options, timeProvider, telemetry, logger, _disposal.Token));

    // The custom limiter does not count the requests for tokens, which are few.
    private RateLimiter? CreateLimiter(ApiRequest call) =>
        options.RateLimiter is { } custom && call.RequiresAccessToken ? custom
        : options.RequestsPerSecond is { } max ? new AdaptiveRateLimiter(max > Pan123ClientOptions.DefaultRequestsPerSecond ? max : Math.Min(max, call.RequestsPerSecond ?? max), timeProvider)
        : null;
}
