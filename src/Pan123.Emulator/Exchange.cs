using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Pan123.Emulator;

/// <summary>A request that waits for its answer, and the ways to give it one.</summary>
/// <param name="context">Kestrel's side of it.</param>
/// <param name="requestNumber">Its place among all requests, from 1.</param>
internal sealed class Exchange(HttpContext context, int requestNumber)
{
    private const int SuccessCode = 0;

    // Looks like the service's own, and leads from a log back to the recorded request.
    private readonly string _traceId = $"{Guid.NewGuid()}_emulator-{requestNumber}";

    public IHeaderDictionary Headers => context.Response.Headers;

    public byte[] GoodEnvelope() => Envelope.Write(SuccessCode, "ok", _traceId);

    public Task SendGoodEnvelopeAsync() => SendAsync(HttpStatusCode.OK, Envelope.ContentType, GoodEnvelope());

    public Task SendEnvelopeAsync(int code, string message) =>
        SendAsync(HttpStatusCode.OK, Envelope.ContentType, Envelope.Write(code, message, _traceId));

    public Task SendStatusAsync(HttpStatusCode status) =>
        SendAsync(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(ReasonPhrases.GetReasonPhrase((int)status)));

    public Task SendAsync(HttpStatusCode status, string contentType, ReadOnlyMemory<byte> body) =>
        SendPartAsync(status, contentType, body, body.Length);

    /// <summary>Announces a whole body and sends only its beginning.</summary>
    public async Task SendPartAsync(HttpStatusCode status, string contentType, ReadOnlyMemory<byte> body, int bytesToSend)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;

        // Kestrel sends what is written here at once, headers first, and does not wait for the rest.
        await context.Response.Body.WriteAsync(body[..bytesToSend], context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Waits until the connection is gone: the client left, or the emulator was disposed.</summary>
    public Task StallAsync() => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
}
