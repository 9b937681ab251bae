using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Telemetry;
using Polly.Timeout;

namespace Pan123;

/// <summary>
/// Retries a call and limits its duration. In two pipelines, because a call that requests or renews a token sends more than one request:
/// the one for the call is outside the <see cref="AccessTokenHandler"/>, the one for each request inside.
/// </summary>
internal static partial class Pan123Resilience
{
    public static void ConfigureCall(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, IServiceProvider services, Pan123ClientOptions options)
    {
        var timeProvider = pipeline.TimeProvider = services.GetRequiredService<TimeProvider>();
        var logger = services.GetRequiredService<SafeLogger<Pan123Client>>();
        pipeline.AddTimeout(options.TotalTimeout);

        if (options.MaxRetries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.MaxRetries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,

                // A retried POST can only delete the same files again, and Attempts records what earlier attempts may have done.
                ShouldHandle = attempt => new(IsTransient(attempt.Outcome) && !(GetDelay(attempt.Outcome) > options.TotalTimeout)),
                DelayGenerator = attempt => new(GetDelay(attempt.Outcome)),
                OnRetry = attempt =>
                {
                    var reason = Describe(attempt.Outcome);
                    LogRetry(logger, ApiRequest.Find()?.Messages.Clean(reason) ?? reason, attempt.RetryDelay.TotalSeconds);
                    return default;
                },
            });
        }

        // The delay that the response or the circuit breaker demands; null for the backoff.
        TimeSpan? GetDelay(Outcome<HttpResponseMessage> outcome) => outcome switch
        {
            { Result: { } response } => RetryAfter.Parse(response, timeProvider),
            { Exception: BrokenCircuitException } => options.CircuitBreakerBreakDuration,
            _ => null,
        };
    }

    /// <returns>A pipeline of one account, since the circuit breaker is its own.</returns>
    public static ResiliencePipeline<HttpResponseMessage> CreateAttempt(IServiceProvider services, Account account)
    {
        var options = account.Options;
        return new ResiliencePipelineBuilder<HttpResponseMessage> { Name = $"{account.HttpClientName}-attempt", TimeProvider = services.GetRequiredService<TimeProvider>() }
            .ConfigureTelemetry(services.GetRequiredService<IOptions<TelemetryOptions>>().Value)
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = options.CircuitBreakerFailureRatio,
                MinimumThroughput = options.CircuitBreakerMinimumThroughput,
                SamplingDuration = options.CircuitBreakerSamplingDuration,
                BreakDuration = options.CircuitBreakerBreakDuration,
                ShouldHandle = attempt => new(IsServiceFailure(attempt.Outcome)),
            })
            .AddTimeout(options.AttemptTimeout)
            .Build();
    }

    /// <summary>Whether the outcome is transient and worth a retry. Any other rejection is final.</summary>
    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => IsServiceFailure(outcome) || outcome.Exception is BrokenCircuitException;

    /// <summary>
    /// Whether the service is failing or cannot be reached. A 429 does not count: it comes from a service that works, and the
    /// <see cref="RateLimitHandler"/> has retried the request for as long as a call may take.
    /// </summary>
    private static bool IsServiceFailure(Outcome<HttpResponseMessage> outcome) =>
        HttpClientResiliencePredicates.IsTransient(outcome) && outcome.Result?.StatusCode != (HttpStatusCode)429;

    private static string Describe(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Result: { } response } => FormattableString.Invariant($"HTTP {(int)response.StatusCode}"),
        { Exception: BrokenCircuitException } => "the circuit breaker is open",
        _ => outcome.Exception!.Message,
    };

    [LoggerMessage(5, LogLevel.Warning, "A request failed ({Reason}); retrying in {Seconds:0.0} s.")]
    private static partial void LogRetry(ILogger logger, string reason, double seconds);
}
