namespace Pan123;

// What the generated operations send their requests through. The generator's own code for this reads the body
// synchronously, loses the body of a response that is not JSON and takes "0" for 0, so the templates leave it out.
public partial class Pan123Client
{
    private readonly HttpClient? _httpClient;
    private readonly Pan123Telemetry? _telemetry;

    /// <summary>For a test double: a class derived from this one that overrides the methods it is called with. It can send nothing.</summary>
    protected Pan123Client()
    {
    }

    // Internal, so that there is no client without the handlers that add the token and read the envelope.
    internal Pan123Client(HttpClient httpClient, Pan123Telemetry telemetry) => (_httpClient, _telemetry) = (httpClient, telemetry);

    // What a failed call costs is mostly how often its exception is thrown: once, by the await of the caller.
    private Task<TResponse> SendAsync<TResponse>(ApiRequest call, Func<Envelope, TResponse> readSuccess, CancellationToken cancellationToken) =>
        GetResultAsync(call, readSuccess, cancellationToken).Unwrap();

    private async Task<Task<TResponse>> GetResultAsync<TResponse>(
        ApiRequest call, Func<Envelope, TResponse> readSuccess, CancellationToken cancellationToken)
    {
        if (_httpClient is not { } httpClient || _telemetry is not { } telemetry)
        {
            throw new InvalidOperationException($"Nothing was sent: {GetType()} is a test double that does not override this method.");
        }

        using (call)
        {
            var activity = telemetry.StartCall(call);
            Exception? failure = null;
            try
            {
                // ResponseHeadersRead, since the envelope handler has read the body by then. What it has read counts, and not what this
                // response is: a custom handler may have changed it, made it up, or kept it from an earlier call.
                call.Begin(httpClient.BaseAddress);
                (await httpClient.SendAsync(call, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false)).Dispose();
            }
            catch (Exception foreign)
            {
                // Whatever ended the call, and whoever threw it, what counts is how far the call had come.
                failure = call.Messages.Clean(foreign);
            }

            var outcome = call.Attempts.End();
            if (outcome == DeleteOutcome.Deleted)
            {
                try
                {
                    var success = call.Attempts.Success!.Success!.Value;
                    var response = readSuccess(success);
                    telemetry.EndCall(activity, call, success.TraceId, failure);
                    return Task.FromResult(response);
                }
                catch (JsonException malformed)
                {
                    (outcome, failure) = (DeleteOutcome.Unknown, malformed);
                }
            }

            // The framework's own words would be "A task was canceled."
            var isCancelled = failure is OperationCanceledException && cancellationToken.IsCancellationRequested;
            var error = CallFailure.Describe(outcome, call, isCancelled ? new OperationCanceledException("it was cancelled.", failure, cancellationToken) : failure);
            telemetry.EndCall(activity, call, error, isCancelled ? typeof(OperationCanceledException) : error.GetType());

            // Thrown, which makes it a cancelled task and not one that failed.
            return isCancelled
                ? throw new OperationCanceledException($"The call was cancelled. {error.Message}", error, cancellationToken)
                : Task.FromException<TResponse>(error);
        }
    }
}
