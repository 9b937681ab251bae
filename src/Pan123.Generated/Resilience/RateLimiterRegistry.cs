using System.Collections.Concurrent;

namespace Pan123;

/// <summary>The rate limiters of a client, one for each operation, as the service counts them. They outlive the handlers.</summary>
internal sealed class RateLimiterRegistry(
    IOptions<Pan123ClientOptions> options, TimeProvider timeProvider, Pan123Telemetry telemetry, SafeLogger<OperationRateLimiter> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, OperationRateLimiter> _limiters = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _disposal = new();

    public OperationRateLimiter Get(HttpRequestMessage request)
    {
        // What belongs to no call is not sent, so what it waits for does not matter.
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

    // By itself, since what the lambda needs would be allocated for each request. The application's limiter is for what it does with the drive;
    // a token is requested once in a while, and not at its expense.
    private OperationRateLimiter Add(string operation, ApiRequest? call) => _limiters.GetOrAdd(operation, _ => new OperationRateLimiter(
        options.Value, call is { RequiresAccessToken: false } ? null : options.Value.RateLimiter, timeProvider, telemetry, logger, _disposal.Token));
}
