using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Pan123;

/// <summary>
/// Repeats a call and bounds its time. In two parts, because a call that issues a token or renews one sends more than one request: what
/// holds for the call is outside of the <see cref="AccessTokenHandler"/>, what holds for each request is inside.
/// </summary>
internal static partial class Pan123Resilience
{
    public const string CallPipeline = "call";
    public const string AttemptPipeline = "attempt";

    public static void ConfigureCall(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var (options, timeProvider) = Prepare(pipeline, context);
        var logger = context.ServiceProvider.GetRequiredService<SafeLogger<Pan123Client>>();
        pipeline.AddTimeout(options.TotalTimeout);

        if (options.MaxRetries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.MaxRetries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,

                // A POST, repeated: that can only delete the same files again, and what an attempt may have done is remembered.
                ShouldHandle = attempt => new(IsPassing(attempt.Outcome) && !(WaitOf(attempt.Outcome) > options.TotalTimeout)),
                DelayGenerator = attempt => new(WaitOf(attempt.Outcome)),
                OnRetry = attempt =>
                {
                    var reason = Describe(attempt.Outcome);
                    Repeated(logger, ApiRequest.Find(request: null)?.Clean(reason) ?? reason, attempt.RetryDelay.TotalSeconds);
                    return default;
                },
            });
        }

        // How long to wait, where that is said; otherwise null, for the backoff.
        TimeSpan? WaitOf(Outcome<HttpResponseMessage> outcome) => outcome switch
        {
            { Result: { } response } => RetryAfter.Of(response, timeProvider),
            { Exception: BrokenCircuitException } => options.CircuitBreakerBreakDuration,
            _ => null,
        };
    }

    public static void ConfigureAttempt(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var (options, _) = Prepare(pipeline, context);
        pipeline
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = options.CircuitBreakerFailureRatio,
                MinimumThroughput = options.CircuitBreakerMinimumThroughput,
                SamplingDuration = options.CircuitBreakerSamplingDuration,
                BreakDuration = options.CircuitBreakerBreakDuration,
                ShouldHandle = attempt => new(IsFailure(attempt.Outcome)),
            })
            .AddTimeout(options.AttemptTimeout);
    }

    private static (Pan123ClientOptions Options, TimeProvider TimeProvider) Prepare(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var timeProvider = context.ServiceProvider.GetRequiredService<TimeProvider>();
        pipeline.TimeProvider = timeProvider;
        return (context.ServiceProvider.GetRequiredService<IOptions<Pan123ClientOptions>>().Value, timeProvider);
    }

    /// <summary>Whether it may be otherwise in a while. Any other refusal is a verdict.</summary>
    private static bool IsPassing(Outcome<HttpResponseMessage> outcome) =>
        IsFailure(outcome) || outcome is { Result.StatusCode: (HttpStatusCode)429 } or { Exception: BrokenCircuitException };

    /// <summary>Whether the service is in trouble, or cannot be reached. A 429 is not that: it is the answer of a service that works.</summary>
    private static bool IsFailure(Outcome<HttpResponseMessage> outcome) => outcome is
    { Result.StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout }
        or { Exception: HttpRequestException or TimeoutRejectedException };

    private static string Describe(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Result: { } response } => FormattableString.Invariant($"HTTP {(int)response.StatusCode}"),
        { Exception: BrokenCircuitException } => "as too many did before it",
        _ => outcome.Exception!.Message,
    };

    [LoggerMessage(5, LogLevel.Warning, "A request failed, {Reason}; it is repeated in {Seconds:0.0} s.")]
    private static partial void Repeated(ILogger logger, string reason, double seconds);
}
