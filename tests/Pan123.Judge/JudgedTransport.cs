using Microsoft.Extensions.DependencyInjection;

namespace Pan123.Judge;

/// <summary>For tests that answer themselves what the library sends: their transports are none of the platform's, so the requests are judged here.</summary>
public static class JudgedTransport
{
    /// <summary>Sends all requests of a client to a transport of the test's.</summary>
    public static IHttpClientBuilder SendTo(this IHttpClientBuilder builder, HttpMessageHandler transport) =>
#pragma warning disable RS0030 // Banned, so that no test gets by here.
        builder.ConfigurePrimaryHttpMessageHandler(() => new JudgingTransport(transport));
#pragma warning restore RS0030

    // Not a DelegatingHandler, whose inner handler the client would enclose: the judge stands where the network begins.
    private sealed class JudgingTransport(HttpMessageHandler transport) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _transport = new(transport);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = request.Content;
            try
            {
                RequestWatch.Watch(request);
                return await _transport.SendAsync(request, cancellationToken);
            }
            finally
            {
                request.Content = content;
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _transport.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
