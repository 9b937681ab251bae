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
        // A DefaultHttpContext has nothing to dispose of, and Kestrel has handled the exception.
    }

    private (int RequestNumber, EndpointResult Result) ProcessAndRecord(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        // In one step, so that times, faults, deletions, tokens and records are in the same order.
        lock (_lock)
        {
            var arrivedAt = options.TimeProvider.GetUtcNow();
            var path = $"{request.Path}";

            // The limit comes first, as in the service's gateway, so that a fault waits for a request within the limit.
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
            // Kestrel ends the read when the connection ends. A token would end it sooner, and lose bytes that have arrived.
            await request.Body.CopyToAsync(body).ConfigureAwait(false);
        }
        catch
        {
            // The request broke off, so no response can be sent, but it is recorded too.
            log.Add(new RecordedRequest(request, body.ToArray(), options.TimeProvider.GetUtcNow()));
            throw;
        }

        return body.ToArray();
    }
}
