using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Resilience;

namespace Pan123;

/// <summary>The one place that defines which handlers a request passes, and in which order.</summary>
internal static class Pan123HttpPipeline
{
    /// <returns>The name of the <see cref="HttpClient"/> of a client.</returns>
    public static string GetName(string client) => client.Length == 0 ? "Pan123" : $"Pan123:{client}";

    /// <returns>The account of the client whose <see cref="HttpClient"/> has this name; null for the application's own.</returns>
    public static Account? FindAccount(string? httpClient, IServiceProvider services) =>
        services.GetServices<ClientRegistration>().FirstOrDefault(registration => GetName(registration.Name) == httpClient) is { } registered
            ? GetAccount(registered.Name, services)
            : null;

    public static Account GetAccount(string client, IServiceProvider services) => services.GetRequiredService<AccountRegistry>().Get(client);

    public static IHttpClientBuilder Configure(IHttpClientBuilder builder, string client)
    {
        builder.ConfigureHttpClient((services, httpClient) => httpClient.BaseAddress = GetBaseAddress(GetAccount(client, services)));

        // The application may have given all its clients a resilience handler, and nested retries would multiply:
        // https://github.com/dotnet/extensions/issues/5695
#pragma warning disable EXTEXP0001 // Experimental, and there is no other API for it.
        builder.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        builder.ConfigureAdditionalHttpMessageHandlers((handlers, _) => RemovePolicies(handlers));

        builder.AddResilienceHandler("call", (pipeline, context) =>
            Pan123Resilience.ConfigureCall(pipeline, context.ServiceProvider, GetAccount(client, context.ServiceProvider).Options));
        builder.AddHttpMessageHandler(services => new AccessTokenHandler(GetAccessTokenProvider(client, services)));
        builder.AddHttpMessageHandler(() => new RateLimitHandler());
        builder.AddHttpMessageHandler(() => new ResilienceHandler(request => ApiRequest.Get(request).Account.AttemptPipeline));

        // Runs after everything that the application configures.
        builder.Services.PostConfigure<HttpClientFactoryOptions>(builder.Name, options =>
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

    private static IAccessTokenProvider GetAccessTokenProvider(string client, IServiceProvider services)
    {
        // A named client never uses the provider of the default client: it would delete in another account's drive.
        var custom = client.Length == 0 ? services.GetService<IAccessTokenProvider>() : services.GetKeyedService<IAccessTokenProvider>(client);
        if (custom is not null)
        {
            return custom;
        }

        var account = GetAccount(client, services);
        return account.Options.ClientId is null ? new OptionsAccessTokenProvider(account.Options) : account.ClientCredentials;
    }

    public static Uri GetBaseAddress(Account account)
    {
        var address = account.Options.BaseAddress;

        // Without a trailing slash, HttpClient would drop the last segment of the path.
        return address.AbsolutePath[address.AbsolutePath.Length - 1] == '/' ? address : new Uri($"{address.AbsoluteUri}/");
    }
}
