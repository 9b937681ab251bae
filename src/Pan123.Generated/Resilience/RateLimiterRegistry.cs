using System.Collections.Concurrent;

namespace Pan123;

/// <summary>The rate limiters of a client, one per operation, because the service counts per operation. They outlive the handlers.</summary>
internal sealed class RateLimiterRegistry(
    IOptions<Pan123ClientOptions> options, TimeProvider timeProvider, Pan123Telemetry telemetry, SafeLogger<OperationRateLimiter> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, OperationRateLimiter> _limiters = new(StringComparer.Ordinal);

    [SuppressMessage("Usage", "CA2213", Justification = "It has no timer, so there is nothing to dispose, and its token is used afterwards too.")]
    private readonly CancellationTokenSource _disposal = new();

    public OperationRateLimiter Get(HttpRequestMessage request)
    {
        // A request without a call is not sent, so it does not matter which limiter it waits for.
        var call = ApiRequest.Find(request);
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

    // A separate method, since the closure of the lambda would be allocated for each request. The custom limiter does not count the requests
    // for tokens, which are few.
    private OperationRateLimiter Add(string operation, ApiRequest? call) => _limiters.GetOrAdd(operation, _ => new OperationRateLimiter(
        options.Value, call is { RequiresAccessToken: false } ? null : options.Value.RateLimiter, timeProvider, telemetry, logger, _disposal.Token));
}
