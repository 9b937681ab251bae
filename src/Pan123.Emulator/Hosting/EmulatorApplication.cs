using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pan123.Emulator;

/// <summary>The pipeline of a request: read it, process it, record it, send the response.</summary>
internal sealed class EmulatorApplication(
    Router router, EndpointRateLimiter rateLimiter, FaultQueue faults, RequestLog log, Pan123EmulatorOptions options)
    : IHttpApplication<HttpContext>
{
    private readonly Lock _lock = new();

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var body = await ReadBodyAsync(context.Request).ConfigureAwait(false);
        var (requestNumber, result) = ProcessAndRecord(context.Request, body);
        var writer = new ResponseWriter(context, requestNumber, result, hasTraceId: !options.SendsEmptyTraceIds);
        await result.RespondAsync(writer).ConfigureAwait(false);
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // A DefaultHttpContext holds nothing, and Kestrel has dealt with the exception.
    }

    private (int RequestNumber, EndpointResult Result) ProcessAndRecord(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        // In one step, so that times, faults, deletions, tokens and records come in the same order.
        lock (_lock)
        {
            var arrivedAt = options.TimeProvider.GetUtcNow();
            var path = $"{request.Path}";

            // The limit stands in front, as the service's gateway does, so that a fault waits for a request that gets through.
            var isRateLimited = !rateLimiter.TryAcquire(path, arrivedAt);
            var fault = isRateLimited ? null : faults.Take(path);
            var result = isRateLimited ? rateLimiter.RejectionAt(path) : Process(request, body, fault);
            var requestNumber = log.Add(new RecordedRequest(request, body, arrivedAt)
            {
                Fault = fault,
                IsRateLimited = isRateLimited,
                Operation = router.OperationAt(path),
                FileIds = result.FileIds,
            });
            return (requestNumber, result);
        }
    }

    private EndpointResult Process(HttpRequest request, ReadOnlyMemory<byte> body, Fault? fault)
    {
        if (fault is { IsAfterProcessing: false })
        {
            return new EndpointResult(fault.RespondAsync, FileIds: []);
        }

        var result = router.Handle(request, body);
        return fault is null ? result : result with { RespondAsync = fault.RespondAsync, UsualAsync = result.RespondAsync };
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
            // It broke off, so no response can be sent, but the record is to be complete.
            log.Add(new RecordedRequest(request, body.ToArray(), options.TimeProvider.GetUtcNow()));
            throw;
        }

        return body.ToArray();
    }
}
