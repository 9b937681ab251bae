using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Pan123;

/// <summary>The rate limits of a client, one for each operation, as the service counts them. They outlive the handlers.</summary>
internal sealed class RateLimits(
    IOptions<Pan123ClientOptions> options, TimeProvider timeProvider, Pan123Telemetry telemetry, SafeLogger<RateLimit> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, RateLimit> _limits = new(StringComparer.Ordinal);

#pragma warning disable CA2213 // It has no timer, so there is nothing to dispose of, and its token is asked for afterwards too.
    private readonly CancellationTokenSource _disposal = new();
#pragma warning restore CA2213

    public RateLimit Of(HttpRequestMessage request)
    {
        // What belongs to no call is not sent, so what it waits for does not matter.
        var operation = ApiRequest.Find(request)?.Operation ?? "";
        return _limits.TryGetValue(operation, out var limit) ? limit : Add(operation, request);
    }

    public void Dispose()
    {
        _disposal.Cancel();
        foreach (var limit in _limits.Values)
        {
            limit.Dispose();
        }
    }

    // By itself, since what the lambda needs would be allocated for each request.
    private RateLimit Add(string operation, HttpRequestMessage request)
    {
        // The application's limiter is for what it does with the drive; a token is issued once in a while, and not at its expense.
        var own = ApiRequest.Find(request) is { RequiresAccessToken: false } ? null : options.Value.RateLimiter;
        return _limits.GetOrAdd(operation, _ => new RateLimit(options.Value, own, timeProvider, telemetry, logger, _disposal.Token));
    }
}
