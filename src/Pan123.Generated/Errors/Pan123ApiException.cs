namespace Pan123;

/// <summary>
/// The service rejected the request: by a <c>code</c> other than 0 in the response's envelope, whatever the HTTP status, or without an
/// envelope by an HTTP status of the 4xx class (except 408). Whether a rejected deletion deletes some of its files is not documented.
/// </summary>
public sealed class Pan123ApiException : Pan123Exception
{
    /// <summary>Initializes a new instance. Public so that tests can create one.</summary>
    /// <param name="statusCode">The HTTP status of the response.</param>
    /// <param name="code">The service's error code; null if the response had no envelope.</param>
    /// <param name="apiMessage">The service's message; null if there was none.</param>
    /// <param name="traceId">The trace ID; null if there was none.</param>
    /// <param name="responseExcerpt">The beginning of the response, if it had no envelope; otherwise null.</param>
    /// <param name="innerException">What ended the call afterwards; null, the default, if nothing did.</param>
    public Pan123ApiException(HttpStatusCode statusCode, Pan123ErrorCode? code, string? apiMessage, string? traceId, string? responseExcerpt = null, Exception? innerException = null)
        : base(message: null, statusCode, responseExcerpt, innerException) => (Code, ApiMessage, TraceId) = (code, apiMessage, traceId);

    private Pan123ApiException(string reason, Exception? innerException)
        : base(message: null, statusCode: null, responseExcerpt: null, innerException) => Message = reason;

    /// <inheritdoc />
    public override DeleteOutcome Outcome => DeleteOutcome.Rejected;

    /// <summary>
    /// The service's error code, <c>code</c> in the envelope, never 0. Undocumented codes are normal: a code without a name in
    /// <see cref="Pan123ErrorCode"/> is preserved as its number. Null if the response had no envelope; then only
    /// <see cref="Pan123Exception.StatusCode"/> is known. Also null if a lookup determined the outcome
    /// (<see cref="DeleteBatchOptions.Confirm"/>).
    /// </summary>
    public Pan123ErrorCode? Code { get; }

    /// <summary>The service's message, <c>message</c> in the envelope: one line of at most 256 characters; null if there was none.</summary>
    public string? ApiMessage { get; }

    /// <summary>Identifies the request in the service's logs, <c>x-traceID</c> in the envelope; null if there was none.</summary>
    public string? TraceId { get; }

    /// <inheritdoc />
    // Built on demand: callers usually need only the code, and formatting the message is a good part of the cost of a call.
    public override string Message => field ??= Describe();

    /// <summary>For files that are not in the recycle bin according to a lookup, after a call with an unknown outcome.</summary>
    internal static Pan123ApiException NotInRecycleBin(Exception failure) =>
        new($"The files were not deleted: a lookup found them outside the recycle bin. The call before it: {failure.Message}", failure);

    private string Describe()
    {
        var http = ((int)StatusCode!).ToString(CultureInfo.InvariantCulture);
        if (Code is not { } code)
        {
            return $"The service, or a gateway in front of it, rejected the request with HTTP {http} and no envelope: '{ResponseExcerpt}'.";
        }

        var trace = TraceId is null ? "" : $", trace ID {TraceId}";
        return $"The service rejected the request: {ApiMessage ?? "no message"} (code {((int)code).ToString(CultureInfo.InvariantCulture)}, HTTP {http}{trace}).";
    }
}
