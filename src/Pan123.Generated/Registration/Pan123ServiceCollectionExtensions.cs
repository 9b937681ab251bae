using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Pan123;

// By convention, methods that register services are in this namespace.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="IPan123Client"/>.</summary>
public static class Pan123ServiceCollectionExtensions
{
    /// <summary>Registers <see cref="IPan123Client"/> with options that are set in code.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">
    /// Sets the options; null, the default, if the defaults suffice, for instance with an <see cref="IAccessTokenProvider"/>. A further
    /// registration changes the options of the first.
    /// </param>
    /// <returns>The builder of the client's <see cref="HttpClient"/>, named <c>Pan123</c>, for custom handlers and settings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IHttpClientBuilder AddPan123Client(this IServiceCollection services, Action<Pan123ClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddOptions<Pan123ClientOptions>().Configure(configure ?? (_ => { }));
        return AddClient(services);
    }

    /// <summary>Registers <see cref="IPan123Client"/> with options from the configuration.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="section">
    /// The section with the options, such as <c>configuration.GetSection("Pan123")</c>. An unknown key is an error, because
    /// a misspelt <c>BaseAddress</c> would send deletions to the real service.
    /// </param>
    /// <returns>The builder of the client's <see cref="HttpClient"/>, named <c>Pan123</c>, for custom handlers and settings.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IHttpClientBuilder AddPan123Client(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);

        services.AddOptions<Pan123ClientOptions>().Bind(section, binder => binder.ErrorOnUnknownConfiguration = true);
        return AddClient(services);
    }

    private static IHttpClientBuilder AddClient(IServiceCollection services)
    {
        var builder = services.AddHttpClient(Pan123HttpPipeline.Name);

        // A second registration would add every handler twice.
        if (!services.Any(service => service.ImplementationType == typeof(Pan123ClientOptionsValidator)))
        {
            services.AddSingleton<IValidateOptions<Pan123ClientOptions>, Pan123ClientOptionsValidator>();
            services.AddOptions<Pan123ClientOptions>().ValidateOnStart();
            services.AddSingleton<ClientCredentialsTokenProvider>();
            services.AddSingleton<DistributedTokenCache>();
            services.AddSingleton<RateLimiterRegistry>();
            services.AddMetrics().AddSingleton<Pan123Telemetry>();
            services.AddSingleton(typeof(SafeLogger<>));
            services.TryAddSingleton(TimeProvider.System);

            // The first filter is the outermost, so it changes the handlers last.
            services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, InnermostHandlers>());
            Pan123HttpPipeline.Configure(builder).AddTypedClient<IPan123Client>(
                (httpClient, services) => new Pan123Client(httpClient, services.GetRequiredService<Pan123Telemetry>()));
        }

        return builder;
    }
}
