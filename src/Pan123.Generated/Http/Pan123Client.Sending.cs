using System.Runtime.CompilerServices;
using System.Text.Json;
using Polly.CircuitBreaker;

namespace Pan123;

// What the generated operations send their requests through. The generator's own code for this reads the body
// synchronously, loses the body of a response that is not JSON and takes "0" for 0, so the templates leave it out.
public partial class Pan123Client
{
    private readonly HttpClient? _httpClient;
    private readonly Pan123Telemetry? _telemetry;

    /// <summary>For a stand-in in a test: a class derived from this one that overrides the methods it is called with. It can send nothing.</summary>
    protected Pan123Client()
    {
    }

    // Internal, so that there is no client without the handlers that add the token and read the envelope.
    internal Pan123Client(HttpClient httpClient, Pan123Telemetry telemetry) => (_httpClient, _telemetry) = (httpClient, telemetry);

    private Task<TResponse> SendAsync<TResponse>(ApiRequest call, Func<Envelope, TResponse> readSuccess, CancellationToken cancellationToken)
    {
        // What a failed call costs is mostly how often its exception is thrown: once, by the await of the caller.
        var result = AsyncTaskMethodBuilder<TResponse>.Create();
        var task = result.Task;
        _ = CompleteAsync();
        return task;

        async Task CompleteAsync()
        {
            try
            {
                var (response, error) = await TrySendAsync(call, readSuccess, cancellationToken).ConfigureAwait(false);
                if (error is null)
                {
                    result.SetResult(response!);
                }
                else
                {
                    result.SetException(error);
                }
            }
#pragma warning disable CA1031 // It is passed on.
            catch (Exception unexpected)
#pragma warning restore CA1031
            {
                result.SetException(unexpected);
            }
        }
    }

    private async ValueTask<(TResponse? Response, Exception? Error)> TrySendAsync<TResponse>(
        ApiRequest call, Func<Envelope, TResponse> readSuccess, CancellationToken cancellationToken)
    {
        if (_httpClient is not { } httpClient || _telemetry is not { } telemetry)
        {
            return (default, new InvalidOperationException($"Nothing was sent: {GetType()} is a stand-in that does not override this method."));
        }

        using (call)
        {
            var scope = telemetry.StartCall(call);
            Exception? failure = null;
            try
            {
                // ResponseHeadersRead, since the envelope handler has read the body by then. What it has read counts, and not what this
                // response is: a handler of the application may have changed it, made it up, or kept it from an earlier call.
                call.Begin(httpClient.BaseAddress);
                (await httpClient.SendAsync(call, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false)).Dispose();
            }
#pragma warning disable CA1031 // Whatever ended the call, and whoever threw it, what counts is how far the call had come.
            catch (Exception foreign)
#pragma warning restore CA1031
            {
                failure = call.Clean(foreign);
            }

            var outcome = call.Attempts.End();
            if (outcome == DeleteOutcome.Deleted)
            {
                try
                {
                    var success = call.Attempts.Success!.Success!.Value;
                    var response = readSuccess(success);
                    scope.Succeeded(success.TraceId, failure);
                    return (response, null);
                }
                catch (JsonException malformed)
                {
                    (outcome, failure) = (DeleteOutcome.Unknown, malformed);
                }
            }

            // The framework's own words would be "A task was canceled."
            var isCancelled = failure is OperationCanceledException && cancellationToken.IsCancellationRequested;
            var error = ToException(outcome, call, isCancelled ? new OperationCanceledException("it was cancelled.", failure, cancellationToken) : failure);
            Exception thrown = isCancelled ? new OperationCanceledException($"The call was cancelled. {error.Message}", error, cancellationToken) : error;
            scope.Failed(error, thrown.GetType());
            return (default, thrown);
        }
    }

    /// <summary>Says an outcome that has been decided.</summary>
    private static Pan123Exception ToException(DeleteOutcome outcome, ApiRequest call, Exception? failure)
    {
        return (outcome, failure, call.Attempts.Last) switch
        {
            (DeleteOutcome.Rejected, _, _) => Rejected(call.Attempts.Rejection!, failure),
            (DeleteOutcome.NotSent, Pan123NotSentException notSent, _) => notSent,
            (DeleteOutcome.NotSent, HttpRequestException, _) => new Pan123NotSentException($"{call.Address?.GetLeftPart(UriPartial.Authority)}/ could not be reached: {call.Clean(failure.Message)}", failure),
            (DeleteOutcome.NotSent, BrokenCircuitException, _) => new Pan123NotSentException("too many requests before it failed, so for a while none is sent.", failure),
            (DeleteOutcome.NotSent, { } thrown, _) => new Pan123NotSentException(call.Clean(thrown.Message), thrown),
            (DeleteOutcome.NotSent, null, _) => new Pan123NotSentException("a handler answered in the place of the service."),
            (_, JsonException malformed, { } last) => Malformed(last, malformed.Message),
            (_, { } thrown, _) => Unknown($"The request was sent and no answer came back: {call.Clean(thrown.Message)}", thrown),
            (_, _, { IsRejection: true } last) => RejectedAfterLoss(Rejected(last, inner: null)),
            (_, _, { Problem: { } problem } last) => Malformed(last, problem),
            _ => Unknown("The request was sent and no answer came back: a handler answered in the place of the service."),
        };

        Pan123OutcomeUnknownException Unknown(string reason, Exception? inner = null) =>
            new(call.FileIds ?? [], reason, statusCode: null, responseExcerpt: null, inner);

        Pan123OutcomeUnknownException Malformed(ApiResponse response, string problem)
        {
            var excerpt = response.Excerpt(call);
            var reason = FormattableString.Invariant($"The answer (HTTP {(int)response.StatusCode}) is not the documented envelope: {problem} It {(excerpt.Length == 0 ? "was empty" : $"began '{excerpt}'")}.");
            return new(call.FileIds ?? [], reason, response.StatusCode, excerpt);
        }

        Pan123OutcomeUnknownException RejectedAfterLoss(Pan123ApiException rejected) => new(
            call.FileIds ?? [],
            $"An attempt got no answer, and a later one a refusal, perhaps because the first had done the work: {rejected.Message}",
            rejected.StatusCode,
            rejected.ResponseExcerpt,
            rejected);

        Pan123ApiException Rejected(ApiResponse rejection, Exception? inner) => rejection.Error is { } error
            ? new(rejection.StatusCode, (Pan123ErrorCode)error.Code, error.Message, error.TraceId, responseExcerpt: null, inner)
            : new(rejection.StatusCode, code: null, apiMessage: null, traceId: null, rejection.Excerpt(call), inner);
    }
}
