using Microsoft.Extensions.DependencyInjection;

namespace Pan123.Judge;

/// <summary>For tests that answer themselves what the library sends: their transports are none of the platform's, so the requests are judged here.</summary>
public static class JudgedTransport
{
    /// <summary>Sends all requests of a client to a transport of the test's.</summary>
    public static IHttpClientBuilder SendTo(this IHttpClientBuilder builder, HttpMessageHandler transport) =>
#pragma warning disable RS0030 // Banned, so that no test gets by here.
        builder.ConfigurePrimaryHttpMessageHandler(() => new JudgingHandler { InnerHandler = transport });
#pragma warning restore RS0030

    private sealed class JudgingHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            RequestWatch.Watch(request);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
