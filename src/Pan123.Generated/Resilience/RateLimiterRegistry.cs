using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Pan123;

/// <summary>The rate limiters of a client, one per operation, because the service counts per operation. They outlive the handlers.</summary>
internal sealed class RateLimiterRegistry : IDisposable
{
    private readonly Pan123ClientOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Pan123Telemetry _telemetry;
    private readonly SafeLogger<OperationRateLimiter> _logger;
    private readonly ConcurrentDictionary<string, OperationRateLimiter> _limiters = new(StringComparer.Ordinal);

    [SuppressMessage("Usage", "CA2213", Justification = "It has no timer, so there is nothing to dispose, and its token is used afterwards too.")]
    private readonly CancellationTokenSource _disposal = new();

    public RateLimiterRegistry(
        IOptions<Pan123ClientOptions> options, TimeProvider timeProvider, Pan123Telemetry telemetry, SafeLogger<OperationRateLimiter> logger)
    {
        (_options, _timeProvider, _telemetry, _logger) = (options.Value, timeProvider, telemetry, logger);
        telemetry.ObserveLimits(() =>
            from limiter in _limiters
            let limit = limiter.Value.Limit
            where limit is not null
            select new Measurement<int>(limit.Value, new KeyValuePair<string, object?>("pan123.operation", limiter.Key)));
    }

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

    // A separate method, since the closure of the lambda would be allocated for each request. The custom limiter does not count the requests
    // for tokens, which are few.
    private OperationRateLimiter Add(string operation, ApiRequest? call) => _limiters.GetOrAdd(operation, _ => new OperationRateLimiter(
        _options, call is { RequiresAccessToken: false } ? null : _options.RateLimiter, _timeProvider, _telemetry, _logger, _disposal.Token));
}
