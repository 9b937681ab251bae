using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Pan123;

/// <summary>Turns the outcome of a call, as <see cref="Attempts.End()"/> decided it, into the exception that reports it.</summary>
internal static class CallFailure
{
    /// <param name="outcome">The outcome, other than <see cref="DeleteOutcome.Deleted"/>.</param>
    /// <param name="call">The call.</param>
    /// <param name="failure">What ended it; null when a response did.</param>
    public static Pan123Exception Describe(DeleteOutcome outcome, ApiRequest call, Exception? failure)
    {
        return (outcome, failure, call.Attempts.Last) switch
        {
            (DeleteOutcome.Rejected, _, _) => Rejected(call.Attempts.Rejection!, failure),
            (DeleteOutcome.NotSent, Pan123NotSentException notSent, _) => notSent,
            (DeleteOutcome.NotSent, null or TimeoutRejectedException, _) when call.Attempts.Throttled is { } throttled => Throttled(Rejected(throttled, failure)),
            (DeleteOutcome.NotSent, _, _) => NotSent(DescribeNotSent(call, failure), failure),
            (_, JsonException malformed, { } last) => Malformed(last, malformed.Message),
            (_, null, { IsRejection: true } last) => RejectedAfterLoss(Rejected(last, inner: null)),
            (_, null, { Problem: { } problem } last) => Malformed(last, problem),
            (_, null, { Error: { } accepted } last) => Unknown(FormattableString.Invariant($"The service responded with code {accepted.Code}, which on its website means that the files are deleted and the space is freed later: '{accepted.Message}'."), inner: null, last.StatusCode),
            _ => Unknown($"The request was sent, but no response was received: {(failure is null ? ResponseFromHandler : call.Messages.Clean(failure.Message))}", failure),
        };

        Pan123ApiException Rejected(ApiResponse rejection, Exception? inner) => rejection.Error is { } error
            ? new(rejection.StatusCode, (Pan123ErrorCode)error.Code, error.Message, error.TraceId, responseExcerpt: null, inner)
            : new(rejection.StatusCode, code: null, apiMessage: null, traceId: null, rejection.Excerpt(call), inner);

        Pan123NotSentException Throttled(Pan123ApiException rejected) =>
            NotSent($"the rate limit of the service was reached. {rejected.Message}", rejected);

        Pan123NotSentException NotSent(string reason, Exception? inner) =>
            new(reason, inner) { IsWorthRetrying = failure is TimeoutRejectedException && call.RateLimiter is { LetsThrough: true } };

        Pan123OutcomeUnknownException Unknown(string reason, Exception? inner, HttpStatusCode? statusCode = null, string? excerpt = null) =>
            new(call.Effect ?? "", call.FileIds ?? [], reason, statusCode, excerpt, inner);

        Pan123OutcomeUnknownException RejectedAfterLoss(Pan123ApiException rejected) => Unknown(
            $"An attempt got no response, and a later one was rejected, possibly because the first one had succeeded: {rejected.Message}",
            rejected,
            rejected.StatusCode,
            rejected.ResponseExcerpt);

        Pan123OutcomeUnknownException Malformed(ApiResponse response, string problem)
        {
            var excerpt = response.Excerpt(call);
            var body = excerpt.Length == 0 ? "was empty" : $"began '{excerpt}'";
            return Unknown(FormattableString.Invariant($"The response (HTTP {(int)response.StatusCode}) is not the documented envelope: {problem} It {body}."), inner: null, response.StatusCode, excerpt);
        }
    }

    private const string ResponseFromHandler = "a custom handler responded in place of the service.";

    private static string DescribeNotSent(ApiRequest call, Exception? failure) => failure switch
    {
        null => ResponseFromHandler,
        HttpRequestException => $"{call.Address?.GetLeftPart(UriPartial.Authority)}/ could not be reached: {call.Messages.Clean(failure.Message)}",
        BrokenCircuitException => "the circuit breaker is open, because too many recent requests failed.",
        _ => call.Messages.Clean(failure.Message),
    };
}
