namespace Pan123;

/// <summary>
/// The service refused the request: a <c>code</c> other than 0 in the answer's envelope, whatever HTTP status carried it, or no
/// envelope and an HTTP status of the 4xx class. Whether a refused deletion deletes some of its files is not documented.
/// </summary>
public sealed class Pan123ApiException : Pan123Exception
{
    /// <summary>Makes one, for instance in a test of your own.</summary>
    /// <param name="statusCode">The HTTP status of the answer.</param>
    /// <param name="code">The service's error code; null when the answer was no envelope.</param>
    /// <param name="apiMessage">The service's own words; null when there were none.</param>
    /// <param name="traceId">The trace ID; null when there was none.</param>
    /// <param name="responseExcerpt">How the answer began, if it was no envelope; otherwise null.</param>
    /// <param name="innerException">What ended the call afterwards; null, the default, for none.</param>
    public Pan123ApiException(HttpStatusCode statusCode, Pan123ErrorCode? code, string? apiMessage, string? traceId, string? responseExcerpt = null, Exception? innerException = null)
        : base(message: null, statusCode, responseExcerpt, innerException)
    {
        Code = code;
        ApiMessage = apiMessage;
        TraceId = traceId;
    }

    /// <inheritdoc />
    public override DeleteOutcome Outcome => DeleteOutcome.Rejected;

    /// <summary>
    /// The service's error code, <c>code</c> in the envelope, never 0. Codes that are not documented are normal: one that
    /// <see cref="Pan123ErrorCode"/> has no name for is here all the same, with its number. Null when the answer was no envelope and
    /// <see cref="Pan123Exception.StatusCode"/> is all that is known.
    /// </summary>
    public Pan123ErrorCode? Code { get; }

    /// <summary>The service's own words, <c>message</c> in the envelope: one line of at most 256 characters, or null when there were none.</summary>
    public string? ApiMessage { get; }

    /// <summary>Identifies the request in the service's logs, <c>x-traceID</c> in the envelope; null when there was none.</summary>
    public string? TraceId { get; }

    /// <inheritdoc />
    // Made when it is asked for, since a rejection is told by its code: to put it together costs a good part of the call.
    public override string Message => field ??= Describe();

    private string Describe()
    {
        var http = ((int)StatusCode!).ToString(CultureInfo.InvariantCulture);
        if (Code is not { } code)
        {
            return $"The service, or a gateway before it, refused with HTTP {http} and no envelope: '{ResponseExcerpt}'.";
        }

        var trace = TraceId is null ? "" : $", trace ID {TraceId}";
        return $"The service refused: {ApiMessage ?? "no message"} (code {((int)code).ToString(CultureInfo.InvariantCulture)}, HTTP {http}{trace}).";
    }
}
