using Microsoft.Extensions.Http;

namespace Pan123;

/// <summary>
/// Puts the <see cref="EnvelopeHandler"/> around the primary handler, which it also restricts. It runs after all other configuration, so that
/// both are innermost whatever the application adds.
/// </summary>
internal sealed class InnermostHandlers : IHttpMessageHandlerBuilderFilter
{
    private static readonly string[] RestrictedProperties = ["AllowAutoRedirect", "AutomaticRedirection", "UseCookies", "UseProxy"];

    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (Pan123HttpPipeline.FindAccount(builder.Name, builder.Services) is { } account)
        {
            Enclose(builder, account);
        }
    };

    /// <summary>
    /// For applications that remove all filters, which is how they usually turn off HttpClient's logs. In all others, filters see the
    /// primary handler unwrapped.
    /// </summary>
    public static void EncloseWithoutFilter(HttpMessageHandlerBuilder builder)
    {
        if (!builder.Services.GetServices<IHttpMessageHandlerBuilderFilter>().Any(filter => filter is InnermostHandlers))
        {
            Enclose(builder, Pan123HttpPipeline.FindAccount(builder.Name, builder.Services)!);
        }
    }

    private static void Enclose(HttpMessageHandlerBuilder builder, Account account) =>
        builder.PrimaryHandler = Enclose(builder.PrimaryHandler, Pan123HttpPipeline.GetBaseAddress(account));

    // A custom handler around the primary handler may send a request twice, or a different one: the envelope handler must see that too.
    private static HttpMessageHandler Enclose(HttpMessageHandler handler, Uri baseAddress)
    {
        switch (handler)
        {
            case EnvelopeHandler:
                // Already wrapped: by the configuration, or when the factory last created handlers.
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
    /// Makes the handler send only what was requested, and only to the service: a redirect would carry the IDs to another place, a cookie would
    /// make one request depend on another, and a proxy would see the token of a plain http request, which is meant for the loopback.
    /// </summary>
    private static void Restrict(HttpMessageHandler handler, bool useProxy)
    {
        // By typed members, which trimming keeps. Only where the value differs, since a handler that has sent a request cannot be changed.
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
                // The platform has no such setting: in a browser, cookies and proxies are up to the browser.
            }
        }
    }

    // For WinHttpHandler, and for SocketsHttpHandler on .NET Standard, which cannot name it.
#if NET
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A handler that this target cannot name. A response from elsewhere is not accepted in any case.")]
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
