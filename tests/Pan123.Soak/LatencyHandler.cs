namespace Pan123.Soak;

/// <summary>Adds the latency of a service that is not on the same machine.</summary>
internal sealed class LatencyHandler(TimeSpan latency) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
