using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Pan123;

/// <summary>
/// What must be innermost is innermost whatever the application adds: this runs when all else has been configured, restricts whatever primary
/// handler there is, and puts the <see cref="EnvelopeHandler"/> around it.
/// </summary>
internal sealed class InnermostHandlers : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (builder.Name == Pan123HttpClient.Name)
        {
            Enclose(builder);
        }
    };

    /// <summary>For applications that remove all filters, as is usual to have no logs of HttpClient. Others see the primary handler as it is.</summary>
    public static void EncloseWithoutFilter(HttpMessageHandlerBuilder builder)
    {
        if (!builder.Services.GetServices<IHttpMessageHandlerBuilderFilter>().Any(filter => filter is InnermostHandlers))
        {
            Enclose(builder);
        }
    }

    private static void Enclose(HttpMessageHandlerBuilder builder) =>
        builder.PrimaryHandler = Enclose(builder.PrimaryHandler, Pan123HttpClient.GetBaseAddress(builder.Services));

    // What an application puts around its primary handler may send a request twice, or another one: that is to be seen too.
    private static HttpMessageHandler Enclose(HttpMessageHandler handler, Uri baseAddress)
    {
        switch (handler)
        {
            case EnvelopeHandler:
                // Done already: by what was configured, or the last time that the factory made handlers.
                return handler;
            case DelegatingHandler { InnerHandler: { } inner } outer:
                var enclosed = Enclose(inner, baseAddress);
                if (enclosed != inner)
                {
                    outer.InnerHandler = enclosed;
                }

                return outer;
            default:
                Restrict(handler, useProxy: baseAddress.Scheme == Uri.UriSchemeHttps);
                return new EnvelopeHandler(baseAddress, isPlatforms: handler.GetType().Assembly == typeof(HttpClientHandler).Assembly) { InnerHandler = handler };
        }
    }

    /// <summary>
    /// Nothing is sent but what was asked for, and to nowhere else: a redirect would carry the IDs to another place, a cookie would make
    /// one request depend on another, and a proxy would see the token of a request in plain http, which is meant for the loopback.
    /// </summary>
    private static void Restrict(HttpMessageHandler handler, bool useProxy)
    {
        // By its own members, which trimming keeps: by name they could be gone, and redirects be followed.
        switch (handler)
        {
            case HttpClientHandler client:
                Disable(() => client.AllowAutoRedirect, () => client.AllowAutoRedirect = false);
                Disable(() => client.UseCookies, () => client.UseCookies = false);
                Disable(() => client.UseProxy && !useProxy, () => client.UseProxy = false);
                break;
#if NET
            case SocketsHttpHandler sockets:
                Disable(() => sockets.AllowAutoRedirect, () => sockets.AllowAutoRedirect = false);
                Disable(() => sockets.UseCookies, () => sockets.UseCookies = false);
                Disable(() => sockets.UseProxy && !useProxy, () => sockets.UseProxy = false);
                break;
#endif
            default:
                DisableByName(handler, useProxy ? ["AllowAutoRedirect", "AutomaticRedirection", "UseCookies"] : ["AllowAutoRedirect", "AutomaticRedirection", "UseCookies", "UseProxy"]);
                break;
        }
    }

    // Only what is not so already: a handler that has sent something cannot be changed. And what a platform does not have is left: in a
    // browser, cookies and proxies are the browser's own.
    private static void Disable(Func<bool> isEnabled, Action disable)
    {
        try
        {
            if (isEnabled())
            {
                disable();
            }
        }
        catch (PlatformNotSupportedException)
        {
            // As said above.
        }
    }

    // For WinHttpHandler, and for SocketsHttpHandler where .NET Standard cannot name it.
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A handler that this target cannot name; a response from elsewhere is no verdict all the same.")]
    private static void DisableByName(HttpMessageHandler handler, string[] names)
    {
        foreach (var property in names.Select(name => handler.GetType().GetProperty(name)).Where(property => property?.PropertyType == typeof(bool)))
        {
            Disable(() => property!.GetValue(handler) is true, () => property!.SetValue(handler, false));
        }
    }
}
