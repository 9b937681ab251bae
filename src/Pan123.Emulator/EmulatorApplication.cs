using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pan123.Emulator;

/// <summary>The way of a request: read it, judge it and do its work, record it, answer.</summary>
internal sealed class EmulatorApplication(
    Router router, RateLimit rateLimit, FaultQueue faults, RequestLog log, TimeProvider clock) : IHttpApplication<HttpContext>
{
    private readonly Lock _arrival = new();

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var body = await ReadBodyAsync(context.Request).ConfigureAwait(false);
        var (requestNumber, verdict) = Arrive(context.Request, body);
        await verdict.AnswerAsync(new Exchange(context, requestNumber, verdict.Data)).ConfigureAwait(false);
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // A DefaultHttpContext holds nothing, and Kestrel has dealt with the exception.
    }

    private (int RequestNumber, Verdict Verdict) Arrive(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        // In one step, so that times, faults, deletions, tokens and records come in one and the same order.
        lock (_arrival)
        {
            var arrivedAt = clock.GetUtcNow();
            var path = $"{request.Path}";

            // The limit stands in front, as the service's gateway does, so that a fault waits for a request that gets through.
            var isRateLimited = !rateLimit.LetsThrough(path, arrivedAt);
            var fault = isRateLimited ? null : faults.Take(path);
            var verdict = isRateLimited ? rateLimit.Refusal : Judge(request, body, fault);
            var requestNumber = log.Add(new RecordedRequest(request, body, arrivedAt)
            {
                Fault = fault,
                IsRateLimited = isRateLimited,
                DeletedFileIds = verdict.DeletedFileIds,
            });
            return (requestNumber, verdict);
        }
    }

    private Verdict Judge(HttpRequest request, ReadOnlyMemory<byte> body, Fault? fault) => fault switch
    {
        null => router.Handle(request, body),
        { IsAfterWork: true } => router.Handle(request, body) with { AnswerAsync = fault.AnswerAsync },
        _ => new Verdict(fault.AnswerAsync, DeletedFileIds: []),
    };

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
            log.Add(new RecordedRequest(request, body.ToArray(), clock.GetUtcNow()));
            throw;
        }

        return body.ToArray();
    }
}
