namespace Pan123;

/// <summary>A response of the service, read once and interpreted.</summary>
internal sealed class ApiResponse
{
    /// <summary>In bytes. A documented response has about 150; a larger one than this is not from the service, or malicious.</summary>
    private const int MaxSize = 1 << 20;

    /// <summary>
    /// "Deleted; the system needs some time to free the space": known from the platform's website, not from its documentation. With this
    /// code, the files may be gone.
    /// </summary>
    private const int Accepted = 7301;

    private readonly byte[] _body;
    private readonly Envelope? _envelope;
    private readonly bool _isExpected;

    private ApiResponse(HttpStatusCode statusCode, byte[] body, ApiRequest call, bool isExpected)
    {
        (StatusCode, _body, _isExpected) = (statusCode, body, isExpected);
        if (!isExpected)
        {
            Problem = "It is the response to a different request.";
            return;
        }

        try
        {
            var envelope = Envelope.Read(body);
            _envelope = envelope with { Message = Clean(envelope.Message), TraceId = Clean(envelope.TraceId) };
            Problem = envelope.Code == 0 && statusCode != HttpStatusCode.OK ? "Its 'code' reports success, but its HTTP status does not." : null;
        }
        catch (JsonException malformed)
        {
            Problem = malformed.Message;
        }

        string? Clean(string? text) => text is null ? null : call.Messages.Clean(text);
    }

    /// <summary>The HTTP status as it was received; the response itself now has the <see cref="EffectiveStatusCode"/>.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>Why it is not the documented envelope, a sentence; null if it is.</summary>
    public string? Problem { get; }

    /// <summary>The envelope of a success; null for any other response.</summary>
    public Envelope? Success => Problem is null && _envelope is { Code: 0 } ? _envelope : null;

    /// <summary>The envelope of an error; null for any other response.</summary>
    public Envelope? Error => _envelope is { Code: not 0 } ? _envelope : null;

    /// <summary>
    /// Whether the request was rejected: by the code of an envelope, or without one by a status of the 4xx class, which a gateway may send.
    /// A 408 is no rejection, because its sender does not know the outcome.
    /// </summary>
    public bool IsRejection => Error is { Code: not Accepted }
        || (_isExpected && _envelope is null && (int)StatusCode is >= 400 and < 500 && StatusCode != HttpStatusCode.RequestTimeout);

    /// <summary>
    /// Whether the request was rejected only because there were too many requests (429), which says nothing about this one.
    /// </summary>
    public bool IsThrottled => IsRejection && EffectiveStatusCode == (HttpStatusCode)429;

    /// <summary>
    /// The HTTP status that handlers see. For an error: its code if that is an HTTP status, such as 401 or 429; otherwise 422 in place of a
    /// success status or a 429, which the code contradicts.
    /// For a success status without a valid envelope: 502, as from a gateway that got an invalid response. Otherwise the status as received.
    /// </summary>
    public HttpStatusCode EffectiveStatusCode => (Error?.Code, (int)StatusCode) switch
    {
        ({ } code, _) when Envelope.IsHttpStatus(code) => (HttpStatusCode)code,
        (not null, < 400 or 429) => (HttpStatusCode)422,
        (null, < 400) when Success is null => HttpStatusCode.BadGateway,
        _ => StatusCode,
    };

    /// <summary>The beginning of the body; withheld for a call that sends a secret, because its response contains another.</summary>
    public string Excerpt(ApiRequest call) => call.Secret is null ? call.Messages.Clean(Encoding.UTF8.GetString(_body)) : "(withheld)";

    public static async ValueTask<ApiResponse> ReadAsync(HttpResponseMessage response, ApiRequest call, bool isExpected, CancellationToken cancellationToken)
    {
        // On .NET Framework, a response without a body has no content.
        byte[] body = [];
        if (response.Content is { } received)
        {
            await received.LoadIntoBufferAsync(MaxSize, cancellationToken).ConfigureAwait(false);
            body = await received.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }

        return new ApiResponse(response.StatusCode, body, call, isExpected);
    }
}
