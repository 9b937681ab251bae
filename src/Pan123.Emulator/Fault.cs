using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Pan123.Emulator;

/// <summary>
/// Something that goes wrong with a request, which gets another response, or none. By default a fault strikes <b>before processing</b>: the
/// request is ignored, and nothing is deleted or issued. <see cref="AfterProcessing"/> returns one that strikes after processing.
/// </summary>
/// <remarks>
/// A success envelope has code 0, whatever the request was. Its <c>data</c> is null before processing, and the result of the request after
/// processing, such as the issued token. Immutable: one fault may be queued many times, and at several emulators.
/// </remarks>
public sealed class Fault
{
    // A new kind of fault is a new factory method below: a name, and what is sent.
    private Fault(string name, Func<ResponseWriter, Task> respondAsync, bool isAfterProcessing = false)
    {
        Name = name;
        RespondAsync = respondAsync;
        IsAfterProcessing = isAfterProcessing;
    }

    /// <summary>What goes wrong, in a few words, such as <c>body code 429</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// Whether the request is processed as usual, and only its response is replaced; if not, the request is ignored.
    /// </summary>
    public bool IsAfterProcessing { get; }

    internal Func<ResponseWriter, Task> RespondAsync { get; }

    /// <summary>
    /// Returns the same fault, which strikes after processing: the request takes effect, but the client does not learn of it.
    /// </summary>
    /// <remarks>A request that would have been rejected deletes nothing here either.</remarks>
    /// <returns>A new fault; this one is unchanged.</returns>
    public Fault AfterProcessing() => new(Name, RespondAsync, isAfterProcessing: true);

    /// <summary>HTTP 200 with an error in the body's envelope, which is how the service reports errors.</summary>
    /// <param name="code">
    /// The envelope's <c>code</c>, such as 401 (access token invalid or expired) or 429 (too many requests). 0 would be a success.
    /// </param>
    /// <param name="message">The envelope's <c>message</c>.</param>
    /// <returns>The fault, before processing.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public static Fault BodyCode(int code, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new($"body code {code}", writer => writer.SendEnvelopeAsync(code, message));
    }

    /// <summary>
    /// Code 7301 for a deletion that succeeded: the system frees the space later. The platform's <b>web</b> API responds so; that the Open
    /// Platform does too is an assumption. A request that deletes nothing gets its usual response.
    /// </summary>
    /// <returns>The fault, after processing.</returns>
    public static Fault AssumedSpaceIsFreedLater() => new(
        $"body code {ResponseCode.SpaceIsFreedLater}",
        writer => writer.Result.FileIds.Count > 0
            ? writer.SendEnvelopeAsync(ResponseCode.SpaceIsFreedLater, "已删除，系统释放空间需要一段时间，请稍后查看")
            : writer.SendUsualAsync(),
        isAfterProcessing: true);

    /// <summary>
    /// A page of a list whose <c>lastFileId</c> is that of the request, or 0 if it has none, so that the next page is the same. That the
    /// platform does so is an assumption. A request that lists nothing gets its usual response.
    /// </summary>
    /// <returns>The fault, after processing.</returns>
    public static Fault AssumedRepeatedCursor() => new(
        "repeated cursor",
        writer =>
        {
            if (writer.Result.Data is { } data && data.ContainsKey(ListFilesQuery.Cursor))
            {
                data[ListFilesQuery.Cursor] = long.TryParse(writer.Query[ListFilesQuery.Cursor], out var cursor) ? cursor : 0;
            }

            return writer.SendUsualAsync();
        },
        isAfterProcessing: true);

    /// <summary>A plain HTTP error with a short text and no envelope, as a gateway in front of the service would send.</summary>
    /// <param name="status">The status, 400 to 599.</param>
    /// <param name="retryAfter">The header <c>Retry-After</c>, rounded up to whole seconds; null for none.</param>
    /// <returns>The fault, before processing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="status"/> is not an error, or <paramref name="retryAfter"/> is negative.
    /// </exception>
    public static Fault HttpStatus(HttpStatusCode status, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((int)status, 400, nameof(status));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)status, 599, nameof(status));
        if (retryAfter is not { } delay)
        {
            return new($"HTTP {(int)status}", writer => writer.SendStatusAsync(status));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero, nameof(retryAfter));
        var seconds = (long)Math.Ceiling(delay.TotalSeconds);
        return new($"HTTP {(int)status}, Retry-After: {seconds}", writer =>
        {
            writer.Headers.RetryAfter = $"{seconds}";
            return writer.SendStatusAsync(status);
        });
    }

    /// <summary>An HTML page, as a gateway or a captive portal would send, where JSON was expected.</summary>
    /// <param name="status">The status, 200 to 599, which allows a body. Default: 200.</param>
    /// <returns>The fault, before processing.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not 200 to 599.</exception>
    /// <exception cref="ArgumentException"><paramref name="status"/> is 204, 205 or 304, which have no body.</exception>
    public static Fault Html(HttpStatusCode status = HttpStatusCode.OK)
    {
        var title = $"{(int)status} {ReasonPhrases.GetReasonPhrase((int)status)}";
        var page = $"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>";
        return Create($"HTML, HTTP {(int)status}", status, "text/html; charset=utf-8", page);
    }

    /// <summary>HTTP 200 that breaks off in the middle of a success envelope, while HTTP's own framing is complete.</summary>
    /// <returns>The fault, before processing.</returns>
    public static Fault TruncatedJson() => new("truncated JSON", writer =>
    {
        var envelope = writer.CreateSuccessEnvelope();
        return writer.SendAsync(HttpStatusCode.OK, Envelope.ContentType, envelope.AsMemory(0, envelope.Length / 2));
    });

    /// <summary>HTTP 200, announced as JSON, with a body of no bytes.</summary>
    /// <returns>The fault, before processing.</returns>
    public static Fault EmptyBody() => Create("empty body", HttpStatusCode.OK, Envelope.ContentType, "");

    /// <summary>No byte of a response until the client disconnects or the emulator is disposed.</summary>
    /// <returns>The fault, before processing.</returns>
    public static Fault StalledHeaders() => new("stalled headers", writer => writer.StallAsync());

    /// <summary>
    /// The headers of HTTP 200 and half of a success envelope, then no further byte until the client disconnects or the emulator is
    /// disposed.
    /// </summary>
    /// <returns>The fault, before processing.</returns>
    public static Fault StalledBody() => new("stalled body", async writer =>
    {
        var envelope = writer.CreateSuccessEnvelope();
        await writer.SendPartAsync(HttpStatusCode.OK, Envelope.ContentType, envelope, envelope.Length / 2).ConfigureAwait(false);
        await writer.StallAsync().ConfigureAwait(false);
    });

    /// <summary>The connection is reset (TCP's RST) before any byte of a response.</summary>
    /// <returns>The fault, before processing.</returns>
    public static Fault ConnectionReset() => new("connection reset", writer => writer.ResetAsync());

    /// <summary>
    /// The headers of HTTP 200 and half of a success envelope, and then the connection is reset (TCP's RST). How much of the half a client
    /// can still read depends on its operating system.
    /// </summary>
    /// <returns>The fault, before processing.</returns>
    public static Fault ConnectionResetInBody() => new("connection reset in the body", async writer =>
    {
        var envelope = writer.CreateSuccessEnvelope();
        await writer.SendPartAsync(HttpStatusCode.OK, Envelope.ContentType, envelope, envelope.Length / 2).ConfigureAwait(false);
        await writer.ResetAsync().ConfigureAwait(false);
    });

    /// <summary>
    /// HTTP 200 with an oversized success envelope: padded by spaces before its last brace, which JSON allows.
    /// </summary>
    /// <param name="bytes">The length of the whole body, at least 1,024. The emulator does not keep it in memory.</param>
    /// <param name="isAnnounced">
    /// Whether <c>Content-Length</c> states the length; if not, the body is chunked, and the client learns the length as it reads.
    /// </param>
    /// <returns>The fault, before processing.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is less than 1,024.</exception>
    public static Fault OversizedBody(long bytes, bool isAnnounced = true)
    {
        const int MinBytes = 1024;

        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, MinBytes);
        return new($"oversized body of {bytes} bytes", writer => writer.SendPaddedSuccessAsync(bytes, isAnnounced));
    }

    /// <summary>HTTP 200 with a success envelope that is not announced as JSON.</summary>
    /// <param name="contentType">The header <c>Content-Type</c>, such as <c>text/plain</c>; null for none.</param>
    /// <returns>The fault, before processing.</returns>
    public static Fault WrongContentType(string? contentType) => new(
        contentType is null ? "no content type" : $"content type {contentType}",
        writer => writer.SendAsync(HttpStatusCode.OK, contentType, writer.CreateSuccessEnvelope()));

    /// <summary>Any other response, sent as given.</summary>
    /// <param name="status">The status, 200 to 599.</param>
    /// <param name="contentType">The header <c>Content-Type</c>, such as <c>application/json</c>.</param>
    /// <param name="body">The body, sent as UTF-8; may be empty.</param>
    /// <returns>The fault, before processing.</returns>
    /// <exception cref="ArgumentNullException">A text is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not 200 to 599.</exception>
    /// <exception cref="ArgumentException">There is a body, and <paramref name="status"/> is 204, 205 or 304, which have none.</exception>
    public static Fault Response(HttpStatusCode status, string contentType, string body) =>
        Create($"response of HTTP {(int)status}", status, contentType, body);

    /// <summary>Describes the fault for test output, such as <c>truncated JSON, after processing</c>.</summary>
    /// <returns>The <see cref="Name"/>, and whether the request is processed.</returns>
    public override string ToString() => $"{Name}, {(IsAfterProcessing ? "after" : "before")} processing";

    private static Fault Create(string name, HttpStatusCode status, string contentType, string body)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThan((int)status, 200, nameof(status));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)status, 599, nameof(status));

        // Kestrel would not write it, but send 500 instead.
        if (body.Length > 0 && status is HttpStatusCode.NoContent or HttpStatusCode.ResetContent or HttpStatusCode.NotModified)
        {
            throw new ArgumentException($"HTTP {(int)status} has no body.", nameof(status));
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        return new(name, writer => writer.SendAsync(status, contentType, bytes));
    }
}
