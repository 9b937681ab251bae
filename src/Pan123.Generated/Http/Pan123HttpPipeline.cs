using Microsoft.Extensions.Http;

namespace Pan123;

/// <summary>The one place that defines which handlers a request passes, and in which order.</summary>
internal static class Pan123HttpPipeline
{
    public const string Name = "Pan123";

    public static IHttpClientBuilder Configure(IHttpClientBuilder builder)
    {
        builder.ConfigureHttpClient((services, httpClient) => httpClient.BaseAddress = GetBaseAddress(services));

        // The application may have given all its clients a resilience handler: nested retries would multiply.
#pragma warning disable EXTEXP0001 // Experimental, and there is no other API for it.
        builder.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        builder.ConfigureAdditionalHttpMessageHandlers((handlers, _) => RemovePolicies(handlers));

        builder.AddResilienceHandler(Pan123Resilience.CallPipeline, Pan123Resilience.ConfigureCall);
        builder.AddHttpMessageHandler(CreateAccessTokenHandler);
        builder.AddHttpMessageHandler(CreateRateLimitHandler);
        builder.AddResilienceHandler(Pan123Resilience.AttemptPipeline, Pan123Resilience.ConfigureAttempt);

        // Runs after everything that the application configures.
        builder.Services.PostConfigure<HttpClientFactoryOptions>(Name, options =>
        {
            options.ShouldRedactHeaderValue = _ => true;
            options.HttpMessageHandlerBuilderActions.Add(InnermostHandlers.EncloseWithoutFilter);
        });
        return builder;
    }

    // By name, so that the library needs no dependency on Microsoft.Extensions.Http.Polly just for this.
    private static void RemovePolicies(IList<DelegatingHandler> handlers)
    {
        foreach (var policy in handlers.Where(handler => IsPolicy(handler.GetType())).ToList())
        {
            handlers.Remove(policy);
        }

        static bool IsPolicy(Type? type) => type is not null && (type.FullName == "Microsoft.Extensions.Http.PolicyHttpMessageHandler" || IsPolicy(type.BaseType));
    }

    private static AccessTokenHandler CreateAccessTokenHandler(IServiceProvider services) =>
        new(services.GetService<IAccessTokenProvider>() ?? CreateAccessTokenProvider(services));

    private static RateLimitHandler CreateRateLimitHandler(IServiceProvider services) => ActivatorUtilities.CreateInstance<RateLimitHandler>(services);

    private static IAccessTokenProvider CreateAccessTokenProvider(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<Pan123ClientOptions>>();

        // A singleton, because the factory creates new handlers every few minutes, and the token must outlive them.
        return options.Value.ClientId is null ? new OptionsAccessTokenProvider(options) : services.GetRequiredService<ClientCredentialsTokenProvider>();
    }

    public static Uri GetBaseAddress(IServiceProvider services)
    {
        var address = services.GetRequiredService<IOptions<Pan123ClientOptions>>().Value.BaseAddress;
        // Without a trailing slash, HttpClient would drop the last segment of the path.
        return address.AbsolutePath[address.AbsolutePath.Length - 1] == '/' ? address : new Uri($"{address.AbsoluteUri}/");
    }
}
