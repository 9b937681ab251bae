using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Pan123.Emulator;

/// <summary>Writes the response of a request, or fails to do so in various ways.</summary>
/// <param name="context">The HTTP context of the request.</param>
/// <param name="requestNumber">Its number among all requests, from 1.</param>
/// <param name="result">The result of the request.</param>
/// <param name="hasTraceId">Whether envelopes carry a trace ID, or an empty one.</param>
internal sealed class ResponseWriter(HttpContext context, int requestNumber, EndpointResult result, bool hasTraceId)
{
    // Looks like a trace ID of the service, and leads from a log to the recorded request.
    private readonly string _traceId = hasTraceId ? $"{Guid.NewGuid()}_emulator-{requestNumber}" : "";

    public IHeaderDictionary Headers => context.Response.Headers;

    /// <summary>The parameters of the request.</summary>
    public IQueryCollection Query => context.Request.Query;

    /// <summary>The result of the request. A fault may change its data before they are sent.</summary>
    public EndpointResult Result => result;

    public byte[] CreateSuccessEnvelope() => Envelope.Write(ResponseCode.Success, "ok", result.Data, _traceId);

    /// <summary>Sends the response that the request would get without a fault.</summary>
    public Task SendUsualAsync() => (result.UsualAsync ?? result.RespondAsync)(this);

    public Task SendSuccessAsync() => SendAsync(HttpStatusCode.OK, Envelope.ContentType, CreateSuccessEnvelope());

    public Task SendEnvelopeAsync(int code, string message, HttpStatusCode status = HttpStatusCode.OK) =>
        SendAsync(status, Envelope.ContentType, Envelope.Write(code, message, data: null, _traceId));

    public Task SendStatusAsync(HttpStatusCode status) =>
        SendAsync(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(ReasonPhrases.GetReasonPhrase((int)status)));

    public Task SendAsync(HttpStatusCode status, string? contentType, ReadOnlyMemory<byte> body) =>
        SendPartAsync(status, contentType, body, body.Length);

    /// <summary>Announces a whole body, and sends only its beginning.</summary>
    public async Task SendPartAsync(HttpStatusCode status, string? contentType, ReadOnlyMemory<byte> body, int bytesToSend)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;

        // Kestrel sends this at once, headers first, and does not wait for the rest.
        await WriteAsync(body[..bytesToSend]).ConfigureAwait(false);
    }

    /// <summary>Sends a success envelope, padded to a length by spaces before its last brace, which JSON allows.</summary>
    /// <param name="length">The length in bytes, at least that of the envelope without the spaces.</param>
    /// <param name="isAnnounced">Whether <c>Content-Length</c> states it.</param>
    public async Task SendPaddedSuccessAsync(long length, bool isAnnounced)
    {
        const int ChunkLength = 64 * 1024;

        var envelope = CreateSuccessEnvelope();
        context.Response.ContentType = Envelope.ContentType;
        context.Response.ContentLength = isAnnounced ? length : null;
        await WriteAsync(envelope.AsMemory(..^1)).ConfigureAwait(false);

        var spaces = new byte[ChunkLength];
        spaces.AsSpan().Fill((byte)' ');
        for (var left = length - envelope.Length; left > 0; left -= ChunkLength)
        {
            await WriteAsync(spaces.AsMemory(0, (int)Math.Min(left, ChunkLength))).ConfigureAwait(false);
        }

        await WriteAsync(envelope.AsMemory(^1..)).ConfigureAwait(false);
    }

    /// <summary>Ends the connection as a crash does: by TCP's RST, after the bytes sent so far.</summary>
    public Task ResetAsync()
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Waits until the connection ends: the client disconnected, or the emulator was disposed.</summary>
    public Task StallAsync() => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);

    private ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => context.Response.Body.WriteAsync(bytes, context.RequestAborted);
}
