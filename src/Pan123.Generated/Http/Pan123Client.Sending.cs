namespace Pan123;

// The generated operations send their requests through SendAsync. The generator's own code for this reads the body
// synchronously, loses the body of a response that is not JSON and accepts "0" as 0, so the templates leave it out.
public partial class Pan123Client
{
    private readonly HttpClient? _httpClient;
    private readonly Func<(Account Account, IAccessTokenProvider? AccessTokenProvider)>? _getAccount;

    /// <summary>Initializes a test double: a derived class that overrides the methods that are called. It cannot send anything.</summary>
    protected Pan123Client()
    {
    }

    // Internal, so that no client exists without the handlers that add the token and read the envelope.
    internal Pan123Client(HttpClient httpClient, Func<(Account Account, IAccessTokenProvider? AccessTokenProvider)> getAccount) => (_httpClient, _getAccount) = (httpClient, getAccount);

    internal Pan123Client(HttpClient httpClient, Account account)
        : this(httpClient, () => (account, null))
    {
    }

    // The cost of a failed call is mostly that of throwing its exception. So it is thrown once, by the caller's await.
    private Task<TResponse> SendAsync<TResponse>(ApiRequest call, Func<Envelope, TResponse> readSuccess, CancellationToken cancellationToken) =>
        GetResultAsync(call, readSuccess, cancellationToken).Unwrap();

    private async Task<Task<TResponse>> GetResultAsync<TResponse>(
        ApiRequest call, Func<Envelope, TResponse> readSuccess, CancellationToken cancellationToken)
    {
        if (_httpClient is not { } httpClient || _getAccount is not { } getAccount)
        {
            throw new InvalidOperationException($"Nothing was sent: {GetType()} is a test double that does not override this method.");
        }

        (call.Account, call.AccessTokenProvider) = getAccount();
        var telemetry = call.Account.Telemetry;
        using (call)
        using (telemetry.BeginScope(call.Account))
        {
            var activity = telemetry.StartCall(call);
            Exception? failure = null;
            try
            {
                // ResponseHeadersRead, since the envelope handler has already read the body. What that handler has read
                // counts, and not this response, which a custom handler may have changed, made up, or kept from an earlier call.
                call.Begin(httpClient.BaseAddress);
                (await httpClient.SendAsync(call, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false)).Dispose();
            }
            catch (Exception foreign)
            {
                // Whatever ended the call, the recorded attempts decide its outcome.
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

            // The framework's message would be "A task was canceled."
            var isCancelled = failure is OperationCanceledException && cancellationToken.IsCancellationRequested;
            var error = CallFailure.Describe(outcome, call, isCancelled ? new OperationCanceledException("it was cancelled.", failure, cancellationToken) : failure);
            telemetry.EndCall(activity, call, error, isCancelled ? typeof(OperationCanceledException) : error.GetType());

            // Thrown, so that the task is cancelled and not faulted.
            return isCancelled
                ? throw new OperationCanceledException($"The call was cancelled. {error.Message}", error, cancellationToken)
                : Task.FromException<TResponse>(error);
        }
    }
}
