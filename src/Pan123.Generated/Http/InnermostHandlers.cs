using Microsoft.Extensions.Http;

namespace Pan123;

/// <summary>
/// What must be innermost is innermost whatever the application adds: this runs when all else has been configured, restricts whatever primary
/// handler there is, and puts the <see cref="EnvelopeHandler"/> around it.
/// </summary>
internal sealed class InnermostHandlers : IHttpMessageHandlerBuilderFilter
{
    private static readonly string[] RestrictedProperties = ["AllowAutoRedirect", "AutomaticRedirection", "UseCookies", "UseProxy"];

    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (builder.Name == Pan123HttpPipeline.Name)
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
        builder.PrimaryHandler = Enclose(builder.PrimaryHandler, Pan123HttpPipeline.GetBaseAddress(builder.Services));

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
        // By its own members, which trimming keeps. Only what is not so already, since a handler that has sent something cannot be changed.
        Func<bool>[] restrictions = handler switch
        {
            HttpClientHandler client =>
            [
                () => client.AllowAutoRedirect && (client.AllowAutoRedirect = false),
                () => client.UseCookies && (client.UseCookies = false),
                () => client.UseProxy && !useProxy && (client.UseProxy = false),
            ],
#if NET
            SocketsHttpHandler sockets =>
            [
                () => sockets.AllowAutoRedirect && (sockets.AllowAutoRedirect = false),
                () => sockets.UseCookies && (sockets.UseCookies = false),
                () => sockets.UseProxy && !useProxy && (sockets.UseProxy = false),
            ],
#endif
            _ => [.. RestrictByName(handler, useProxy)],
        };

        foreach (var restrict in restrictions)
        {
            try
            {
                restrict();
            }
            catch (PlatformNotSupportedException)
            {
                // What a platform does not have is left: in a browser, cookies and proxies are the browser's own.
            }
        }
    }

    // For WinHttpHandler, and for SocketsHttpHandler where .NET Standard cannot name it.
#if NET
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A handler that this target cannot name; a response from elsewhere is no verdict all the same.")]
#endif
    private static IEnumerable<Func<bool>> RestrictByName(HttpMessageHandler handler, bool useProxy) =>
        from name in RestrictedProperties
        where name != "UseProxy" || !useProxy
        let property = handler.GetType().GetProperty(name)
        where property?.PropertyType == typeof(bool)
        select new Func<bool>(() =>
        {
            if (property.GetValue(handler) is true)
            {
                property.SetValue(handler, false);
            }

            return false;
        });
}
