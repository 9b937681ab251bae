using System.Net;
using Newtonsoft.Json;

namespace Pan123;

/// <summary>An answer of the service, read once, and what it says.</summary>
internal sealed class ApiAnswer
{
    /// <summary>In bytes. A documented answer has some 150; what is larger is not from the service, or not meant well.</summary>
    private const int MaxSize = 1 << 20;

    private readonly Envelope? _envelope;

    private ApiAnswer(HttpStatusCode httpStatus, HttpContent? content, byte[] body)
    {
        (HttpStatus, Content, Body) = (httpStatus, content, body);
        try
        {
            _envelope = Envelope.Read(body);
            Problem = _envelope is { Code: 0 } && httpStatus != HttpStatusCode.OK ? "Its 'code' says success and its HTTP status does not." : null;
        }
        catch (JsonException malformed)
        {
            Problem = malformed.Message;
        }
    }

    /// <summary>The HTTP status as it was received; that of the response is by now what the answer means.</summary>
    public HttpStatusCode HttpStatus { get; }

    /// <summary>What the body came in; by now it is in its buffer, and can be read again.</summary>
    public HttpContent? Content { get; }

    public byte[] Body { get; }

    /// <summary>Why it is no verdict, a sentence; null when it is one.</summary>
    public string? Problem { get; }

    /// <summary>The envelope of a success; null for any other answer.</summary>
    public Envelope? Success => Problem is null && _envelope is { Code: 0 } ? _envelope : null;

    /// <summary>The envelope of an error; null for any other answer.</summary>
    public Envelope? Error => _envelope is { Code: not 0 } ? _envelope : null;

    /// <summary>
    /// Whether the service said no: by its code, or by a status of the 4xx class without an envelope, since a gateway stands before it.
    /// Except 408, whose sender does not know what became of the request.
    /// </summary>
    public bool IsRefusal =>
        Error is not null || (_envelope is null && (int)HttpStatus is >= 400 and < 500 && HttpStatus != HttpStatusCode.RequestTimeout);

    /// <summary>
    /// What the answer is in terms of HTTP: the code of an error where it is a status, as 401 and 429 are, and 422 where it is not; 502,
    /// the answer of a gateway that got a bad one, for what says success and is no envelope.
    /// </summary>
    public HttpStatusCode Meaning => (Error?.Code, (int)HttpStatus) switch
    {
        ({ } code, _) when Envelope.IsHttpStatus(code) => (HttpStatusCode)code,
        (not null, < 400) => (HttpStatusCode)422,
        (null, < 400) when Success is null => HttpStatusCode.BadGateway,
        _ => HttpStatus,
    };

    public static async ValueTask<ApiAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // On .NET Framework an answer without a body has no content.
        if (response.Content is not { } received)
        {
            return new ApiAnswer(response.StatusCode, content: null, []);
        }

        await received.LoadIntoBufferAsync(MaxSize, cancellationToken).ConfigureAwait(false);
        var body = await received.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new ApiAnswer(response.StatusCode, received, body);
    }
}
