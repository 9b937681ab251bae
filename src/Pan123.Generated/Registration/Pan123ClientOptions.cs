using System.Threading.RateLimiting;

namespace Pan123;

/// <summary>Settings of a client. They are validated when the program starts, and fixed from then on.</summary>
public sealed class Pan123ClientOptions
{
    /// <summary>
    /// Where the service is: an absolute https address, by default <see cref="Pan123Client.DefaultBaseAddress"/>. Plain http is
    /// for the loopback only (an emulator). The access token is sent nowhere else.
    /// </summary>
    public Uri BaseAddress { get; set; } = new(Pan123Client.DefaultBaseAddress);

    /// <summary>
    /// The client ID of the application, for access tokens that the client issues and renews itself; with <see cref="ClientSecret"/>, and
    /// instead of <see cref="AccessToken"/>. Null, the default, for none.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>The client secret: take it from a secret store and not from the source. Null, the default, for none.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>How long before it expires an access token is renewed; a short-lived one half-way at the latest. Default: 5 minutes.</summary>
    public TimeSpan AccessTokenRenewalMargin { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// An access token to use as it is, without "Bearer" before it, instead of <see cref="ClientId"/> and <see cref="ClientSecret"/>: a
    /// secret, so take it from a secret store and not from the source. Null, the default, for none.
    /// </summary>
    public string? AccessToken { get; set; }

    /// <summary>
    /// The most requests to one operation within any second, at least 1, counted over all callers of the client, repeated requests too.
    /// Default: 10, the platform's newest figure; a free account may have 1. Null for no limit. Callers wait for their turn.
    /// </summary>
    public int? RequestsPerSecond { get; set; } = 10;

    /// <summary>
    /// A limiter of your own, instead of <see cref="RequestsPerSecond"/>, for the requests that carry an access token: for instance one
    /// that a fleet of programs shares. A permit is asked for before each request and given back after its answer; one that is refused is
    /// asked for again. You dispose of it. Null, the default, for none.
    /// </summary>
    public RateLimiter? RateLimiter { get; set; }

    /// <summary>
    /// How often a request is repeated at most, 0 to 10, when it was refused for now (429), got no verdict (5xx, 408, no envelope, a broken
    /// connection, time out) or could not be sent. No other refusal is repeated. Default: 3.
    /// </summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>
    /// The wait before the first repetition, on average; it doubles with each. Also how long all callers wait after a 429 without
    /// <c>Retry-After</c>. From 1 ms to 1 minute. Default: 1 second.
    /// </summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one request may take, its answer's last byte included. From 10 ms to 1 hour. Default: 30 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a call may take with all its waiting and repeating: at least <see cref="AttemptTimeout"/>, at most 1 day. Default: 90 seconds.
    /// The <see cref="HttpClient.Timeout"/>, by default 100 seconds, ends a call as well: for more, raise both.
    /// </summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// The share of requests that fail, from 0.01 to 1, from which on none is sent for <see cref="CircuitBreakerBreakDuration"/>.
    /// A failure is a request without verdict, or one that could not be sent. Default: 0.5.
    /// </summary>
    public double CircuitBreakerFailureRatio { get; set; } = 0.5;

    /// <summary>Over how many requests at least that share is taken, 2 or more. Default: 20.</summary>
    public int CircuitBreakerMinimumThroughput { get; set; } = 20;

    /// <summary>Over what time that share is taken: at least 0.5 seconds and twice the <see cref="AttemptTimeout"/>, at most 1 day. Default: 1 minute.</summary>
    public TimeSpan CircuitBreakerSamplingDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For how long nothing is sent then, before one request tries whether the service is back. From 0.5 seconds to 1 hour. Default: 5 seconds.</summary>
    public TimeSpan CircuitBreakerBreakDuration { get; set; } = TimeSpan.FromSeconds(5);

    // By reflection, which happens once for a client, so that no option is forgotten.
    internal void CopyTo(Pan123ClientOptions other)
    {
        foreach (var property in typeof(Pan123ClientOptions).GetProperties())
        {
            property.SetValue(other, property.GetValue(this));
        }
    }
}
