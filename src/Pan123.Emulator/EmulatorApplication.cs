using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pan123.Emulator;

/// <summary>The way of a request: read it, judge it and do its work, record it, answer.</summary>
internal sealed class EmulatorApplication(DeleteFilesEndpoint endpoint, FaultQueue faults, RequestLog log) : IHttpApplication<HttpContext>
{
    private readonly Lock _arrival = new();

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var body = await ReadBodyAsync(context.Request).ConfigureAwait(false);
        var (requestNumber, verdict) = Arrive(context.Request, body);
        await verdict.AnswerAsync(new Exchange(context, requestNumber)).ConfigureAwait(false);
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // A DefaultHttpContext holds nothing, and Kestrel has dealt with the exception.
    }

    private (int RequestNumber, Verdict Verdict) Arrive(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        // In one step, so that faults, deletions and records come in one and the same order.
        lock (_arrival)
        {
            var fault = faults.Take();
            var verdict = fault switch
            {
                null => endpoint.Handle(request, body),
                { IsAfterWork: true } => endpoint.Handle(request, body) with { AnswerAsync = fault.AnswerAsync },
                _ => new Verdict(fault.AnswerAsync, DeletedFileIds: []),
            };
            return (log.Add(new RecordedRequest(request, body, fault, verdict.DeletedFileIds)), verdict);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        try
        {
            // Kestrel ends it when the connection ends. A token would end it sooner, and lose bytes that have come.
            await request.Body.CopyToAsync(body).ConfigureAwait(false);
        }
        catch
        {
            // It broke off, so no answer can be given, but the record is to be complete.
            log.Add(new RecordedRequest(request, body.ToArray(), fault: null, deletedFileIds: []));
            throw;
        }

        return body.ToArray();
    }
}
