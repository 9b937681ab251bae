using System.Threading.RateLimiting;

namespace Pan123;

/// <summary>Settings of a client. They are validated at startup; later changes have no effect.</summary>
public sealed class Pan123ClientOptions
{
    internal const int DefaultRequestsPerSecond = 10;

    /// <summary>
    /// The absolute https address of the service. Plain http is allowed for the loopback only (an emulator). The access token is sent
    /// nowhere else. Default: <see cref="Pan123Client.DefaultBaseAddress"/>.
    /// </summary>
    public Uri BaseAddress { get; set; } = new(Pan123Client.DefaultBaseAddress);

    /// <summary>
    /// The client ID of the application, with which the client requests and renews access tokens itself. Set it together with
    /// <see cref="ClientSecret"/>, and instead of <see cref="AccessToken"/>. Default: null.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>The client secret. Take it from a secret store, not from source code. Default: null.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>How long before its expiry an access token is renewed, at most half of its lifetime. Default: 5 minutes.</summary>
    public TimeSpan AccessTokenRenewalMargin { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A fixed access token, without the prefix "Bearer", instead of <see cref="ClientId"/> and <see cref="ClientSecret"/>. It is a secret:
    /// take it from a secret store, not from source code. Default: null.
    /// </summary>
    public string? AccessToken { get; set; }

    /// <summary>
    /// The maximum number of requests to one operation within any second, at least 1, over all callers of the client and including retries.
    /// Callers wait for their turn. If the service allows fewer, as for a free account, the client detects that and keeps to it. Null: no
    /// limit; after a 429, all callers wait for <see cref="RetryDelay"/>. Default: 10, the platform's newest figure for deletions. With at
    /// most 10, an operation keeps to a lower figure of the platform, such as 5 for <see cref="IPan123Client.TrashFilesAsync"/>.
    /// </summary>
    public int? RequestsPerSecond { get; set; } = DefaultRequestsPerSecond;

    /// <summary>
    /// A custom limiter instead of <see cref="RequestsPerSecond"/> for the requests that carry an access token, for instance one that
    /// several programs share. A permit is acquired before each request and released after the response; a failed acquisition is retried.
    /// You own and dispose the limiter. All accounts of an <see cref="IPan123ClientFactory"/> share it. Default: null.
    /// </summary>
    public RateLimiter? RateLimiter { get; set; }

    /// <summary>
    /// The maximum number of retries, 0 to 10. A request is retried when its outcome is unknown (5xx, 408, no envelope, a broken connection, a
    /// timeout) or when it could not be sent. A rejection is not retried. A retry after a 429 does not count: there may be as many as the
    /// <see cref="TotalTimeout"/> allows. Default: 3.
    /// </summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>
    /// The average delay before the first retry; it doubles with each further one. Also how long all callers wait after a 429 without
    /// <c>Retry-After</c> if the service lets nothing through; this wait doubles with each further 429, up to 16 times. From 1 ms to 1
    /// minute. Default: 1 second.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The timeout of one attempt, including reading the response body. From 10 ms to 1 hour. Default: 30 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The timeout of a call, including all waits and retries: at least <see cref="AttemptTimeout"/>, at most 1 day. Default: 90 seconds.
    /// The <see cref="HttpClient.Timeout"/>, by default 100 seconds, also ends a call: for more, raise both.
    /// </summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// The failure ratio (0.01 to 1) at which the circuit breaker opens, so that nothing is sent for <see cref="CircuitBreakerBreakDuration"/>.
    /// Every outcome that is retried (<see cref="MaxRetries"/>) counts as a failure, except a 429. Default: 0.5.
    /// </summary>
    public double CircuitBreakerFailureRatio { get; set; } = 0.5;

    /// <summary>The minimum number of requests in the sampling duration before the circuit breaker can open, at least 2. Default: 20.</summary>
    public int CircuitBreakerMinimumThroughput { get; set; } = 20;

    /// <summary>The time over which the failure ratio is measured: at least 0.5 seconds and twice the <see cref="AttemptTimeout"/>, at most 1 day. Default: 1 minute.</summary>
    public TimeSpan CircuitBreakerSamplingDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the circuit breaker stays open before one trial request is allowed. From 0.5 seconds to 1 hour. Default: 5 seconds.</summary>
    public TimeSpan CircuitBreakerBreakDuration { get; set; } = TimeSpan.FromSeconds(5);

    // By reflection, so that no option is forgotten; it runs once per client.
    internal void CopyTo(Pan123ClientOptions other)
    {
        foreach (var property in typeof(Pan123ClientOptions).GetProperties())
        {
            property.SetValue(other, property.GetValue(this));
        }
    }
}
