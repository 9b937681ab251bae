using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pan123;

/// <summary>The rate limits of a client, one for each operation, as the service counts them. They outlive the handlers.</summary>
internal sealed class RateLimits(
    IOptions<Pan123ClientOptions> options, TimeProvider timeProvider, Pan123Telemetry telemetry, ILogger<RateLimit> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, RateLimit> _limits = new(StringComparer.Ordinal);

    public RateLimit Of(HttpRequestMessage request)
    {
        // What a handler of the application made of a request is known by its path.
        var operation = (request as ApiRequest)?.Operation ?? request.RequestUri!.AbsolutePath;
        return _limits.TryGetValue(operation, out var limit) ? limit : Add(operation, request);
    }

    public void Dispose()
    {
        foreach (var limit in _limits.Values)
        {
            limit.Dispose();
        }
    }

    // By itself, since what the lambda needs would be allocated for each request.
    private RateLimit Add(string operation, HttpRequestMessage request)
    {
        // The application's limiter is for what it does with the drive; a token is issued once in a while, and not at its expense.
        var own = request is ApiRequest { RequiresAccessToken: false } ? null : options.Value.RateLimiter;
        return _limits.GetOrAdd(operation, _ => new RateLimit(options.Value, own, timeProvider, telemetry, logger));
    }
}
