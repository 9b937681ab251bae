using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pan123;

/// <summary>The way of a call: the one place that says which handlers a request passes, and in which order.</summary>
internal static class Pan123HttpClient
{
    public const string Name = "Pan123";

    public static IHttpClientBuilder Configure(IHttpClientBuilder builder)
    {
        builder.ConfigureHttpClient((services, httpClient) => httpClient.BaseAddress = GetBaseAddress(services));

        // What an application gave all its clients: two retries, one in the other, would multiply.
#pragma warning disable EXTEXP0001 // Experimental, and the only way there is.
        builder.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        builder.ConfigureAdditionalHttpMessageHandlers((handlers, _) => RemovePolicies(handlers));

        builder.AddResilienceHandler(Pan123Resilience.CallPipeline, Pan123Resilience.ConfigureCall);
        builder.AddHttpMessageHandler(CreateAccessTokenHandler);
        builder.AddHttpMessageHandler(CreateRateLimitHandler);
        builder.AddResilienceHandler(Pan123Resilience.AttemptPipeline, Pan123Resilience.ConfigureAttempt);
        builder.AddHttpMessageHandler(() => new EnvelopeHandler());

        return builder
            .ConfigurePrimaryHttpMessageHandler((handler, services) => Restrict(handler, useProxy: GetBaseAddress(services).Scheme == Uri.UriSchemeHttps))
            .RedactLoggedHeaders(["Authorization"]);
    }

    // By name, since the library does not depend on Microsoft.Extensions.Http.Polly just for this.
    private static void RemovePolicies(IList<DelegatingHandler> handlers)
    {
        foreach (var policy in handlers.Where(handler => IsPolicy(handler.GetType())).ToList())
        {
            handlers.Remove(policy);
        }

        static bool IsPolicy(Type? type) => type is not null && (type.FullName == "Microsoft.Extensions.Http.PolicyHttpMessageHandler" || IsPolicy(type.BaseType));
    }

    private static AccessTokenHandler CreateAccessTokenHandler(IServiceProvider services)
    {
        var provider = services.GetService<IAccessTokenProvider>() ?? CreateAccessTokenProvider(services);
        return new AccessTokenHandler(provider, GetBaseAddress(services));
    }

    private static RateLimitHandler CreateRateLimitHandler(IServiceProvider services) => ActivatorUtilities.CreateInstance<RateLimitHandler>(services);

    private static IAccessTokenProvider CreateAccessTokenProvider(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<Pan123ClientOptions>>();

        // A singleton, because the factory makes new handlers every few minutes, and the token is to outlive them.
        return options.Value.ClientId is null ? new OptionsAccessTokenProvider(options) : services.GetRequiredService<ClientCredentialsTokenProvider>();
    }

    private static Uri GetBaseAddress(IServiceProvider services)
    {
        var address = services.GetRequiredService<IOptions<Pan123ClientOptions>>().Value.BaseAddress;
        // Without the last slash, HttpClient would drop the last part of the path.
        return address.AbsolutePath.EndsWith('/') ? address : new Uri($"{address.AbsoluteUri}/");
    }

    /// <summary>
    /// Nothing is sent but what was asked for, and to nowhere else: a redirect would carry the IDs to another place, a cookie would make
    /// one request depend on another, and a proxy would see the token of a request in plain http, which is meant for the loopback.
    /// </summary>
    private static void Restrict(HttpMessageHandler handler, bool useProxy)
    {
        switch (handler)
        {
            case HttpClientHandler clientHandler:
                IfSupported(() => clientHandler.AllowAutoRedirect = false);
                IfSupported(() => clientHandler.UseCookies = false);
                IfSupported(() => clientHandler.UseProxy &= useProxy);
                break;
#if NET
            case SocketsHttpHandler socketsHandler:
                socketsHandler.AllowAutoRedirect = false;
                socketsHandler.UseCookies = false;
                socketsHandler.UseProxy &= useProxy;
                break;
#else
            default:
                // On .NET 8 and later the factory makes a SocketsHttpHandler, which .NET Standard cannot name.
                Deny(nameof(HttpClientHandler.AllowAutoRedirect));
                Deny(nameof(HttpClientHandler.UseCookies));
                if (!useProxy)
                {
                    Deny(nameof(HttpClientHandler.UseProxy));
                }

                break;

                void Deny(string property) => handler.GetType().GetProperty(property)?.SetValue(handler, false);
#endif
        }
    }

    // In a browser, for instance, cookies and proxies are the browser's own.
    private static void IfSupported(Action set)
    {
        try
        {
            set();
        }
        catch (PlatformNotSupportedException)
        {
            // What cannot be set is left.
        }
    }
}
