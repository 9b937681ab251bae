namespace Pan123;

/// <summary>
/// A call to the service failed. <see cref="Outcome"/> and the type say what that means for the files:
/// <see cref="Pan123ApiException"/>, <see cref="Pan123OutcomeUnknownException"/> or <see cref="Pan123NotSentException"/>.
/// No exception of this library contains an access token or the client secret.
/// </summary>
public abstract class Pan123Exception : Exception
{
    private protected Pan123Exception(string? message, HttpStatusCode? statusCode, string? responseExcerpt, Exception? innerException)
        : base(message, innerException) => (StatusCode, ResponseExcerpt) = (statusCode, responseExcerpt);

    /// <summary>The outcome for the files: <see cref="DeleteOutcome.Rejected"/>, <see cref="DeleteOutcome.Unknown"/> or <see cref="DeleteOutcome.NotSent"/>.</summary>
    public abstract DeleteOutcome Outcome { get; }

    /// <summary>
    /// The HTTP status of the response; null if there was none. It is often 200, because the service reports errors in the body.
    /// </summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>
    /// The beginning of the response, if it was not the documented envelope: one line of at most 256 characters. Otherwise null.
    /// </summary>
    public string? ResponseExcerpt { get; }

    /// <summary>This library's exception in the failure of a call, also inside a cancellation; null if there is none.</summary>
    internal static Pan123Exception? Find(Exception? failure) => (failure is OperationCanceledException ? failure.InnerException : failure) as Pan123Exception;
}
