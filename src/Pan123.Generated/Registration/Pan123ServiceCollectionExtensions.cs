using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Pan123;

// By convention, methods that register services are in this namespace.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="IPan123Client"/>, one for each account, and <see cref="IPan123ClientFactory"/>.</summary>
public static class Pan123ServiceCollectionExtensions
{
    /// <summary>Registers <see cref="IPan123Client"/> with options that are set in code.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">
    /// Sets the options; null, the default, if the defaults suffice, for instance with an <see cref="IAccessTokenProvider"/>. A second
    /// registration with options fails at startup, because it could send deletions to the wrong account.
    /// </param>
    /// <returns>The builder of the client's <see cref="HttpClient"/>, named <c>Pan123</c>, for custom handlers and settings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IHttpClientBuilder AddPan123Client(this IServiceCollection services, Action<Pan123ClientOptions>? configure = null) =>
        Add(services, Options.Options.DefaultName, configure);

    /// <summary>Registers <see cref="IPan123Client"/> with options from the configuration.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="section">
    /// The section with the options, such as <c>configuration.GetSection("Pan123")</c>. An unknown key is an error, because
    /// a misspelt <c>BaseAddress</c> would send deletions to the real service.
    /// </param>
    /// <returns>The builder of the client's <see cref="HttpClient"/>, named <c>Pan123</c>, for custom handlers and settings.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IHttpClientBuilder AddPan123Client(this IServiceCollection services, IConfiguration section) =>
        Add(services, Options.Options.DefaultName, section);

    /// <summary>
    /// Registers a client of another account, as a keyed <see cref="IPan123Client"/>: <c>[FromKeyedServices("alice")]</c>. It has its own
    /// options, tokens, limits and circuit breaker.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="name">The name: the key of the service, and the name of its options.</param>
    /// <param name="configure">
    /// Sets the options; null, the default, if the defaults suffice, for instance with an <see cref="IAccessTokenProvider"/> that is
    /// registered with the same key. A second registration of the name with options fails at startup.
    /// </param>
    /// <returns>The builder of the client's <see cref="HttpClient"/>, named <c>Pan123:</c> and the name, for custom handlers and settings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static IHttpClientBuilder AddPan123Client(this IServiceCollection services, string name, Action<Pan123ClientOptions>? configure = null) =>
        Add(services, CheckName(name), configure);

    /// <summary>Registers a client of another account, with options from the configuration.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="name">The name: the key of the service, and the name of its options.</param>
    /// <param name="section">The section with the options. An unknown key is an error.</param>
    /// <returns>The builder of the client's <see cref="HttpClient"/>, named <c>Pan123:</c> and the name, for custom handlers and settings.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static IHttpClientBuilder AddPan123Client(this IServiceCollection services, string name, IConfiguration section) =>
        Add(services, CheckName(name), section);

    /// <summary>Registers only the <see cref="IPan123ClientFactory"/>, for accounts that are known only at run time, with options that are set in code.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Sets the options, which apply to all accounts; null, the default, if the defaults suffice.</param>
    /// <returns>The builder of the clients' <see cref="HttpClient"/>, named <c>Pan123</c>, for custom handlers and settings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IHttpClientBuilder AddPan123ClientFactory(this IServiceCollection services, Action<Pan123ClientOptions>? configure = null) =>
        Add(services, Options.Options.DefaultName, configure, hasClient: false);

    /// <summary>Registers only the <see cref="IPan123ClientFactory"/>, for accounts that are known only at run time, with options from the configuration.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="section">The section with the options, which apply to all accounts. An unknown key is an error.</param>
    /// <returns>The builder of the clients' <see cref="HttpClient"/>, named <c>Pan123</c>, for custom handlers and settings.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IHttpClientBuilder AddPan123ClientFactory(this IServiceCollection services, IConfiguration section) =>
        Add(services, Options.Options.DefaultName, section, hasClient: false);

    private static string CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 ? name : throw new ArgumentException("The name of a client is empty: give one, or leave it out for the default client.", nameof(name));
    }

    private static IHttpClientBuilder Add(IServiceCollection services, string name, Action<Pan123ClientOptions>? configure, bool hasClient = true) =>
        Add(services, name, configure is not null, options => options.Configure(configure ?? (_ => { })), hasClient);

    private static IHttpClientBuilder Add(IServiceCollection services, string name, IConfiguration section, bool hasClient = true)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, name, hasOptions: true, options => options.Bind(section, binder => binder.ErrorOnUnknownConfiguration = true), hasClient);
    }

    private static IHttpClientBuilder Add(IServiceCollection services, string name, bool hasOptions, Action<OptionsBuilder<Pan123ClientOptions>> configure, bool hasClient)
    {
        ArgumentNullException.ThrowIfNull(services);

        var options = services.AddOptions<Pan123ClientOptions>(name);
        configure(options);
        var registrations = services.Where(service => service.ServiceType == typeof(ClientRegistration)).Select(service => (ClientRegistration)service.ImplementationInstance!).ToList();
        services.AddSingleton(new ClientRegistration(name, hasOptions, hasClient));
        if (registrations.Count == 0)
        {
            AddShared(services);
        }

        // A second registration would add every handler twice.
        var builder = services.AddHttpClient(Pan123HttpPipeline.GetName(name));
        var sameName = registrations.Where(registration => registration.Name == name).ToList();
        if (sameName.Count == 0)
        {
            options.ValidateOnStart();
            Pan123HttpPipeline.Configure(builder, name);
            if (name.Length == 0)
            {
                services.AddSingleton<IPan123ClientFactory, Pan123ClientFactory>();
            }
        }

        if (hasClient && !sameName.Exists(registration => registration.HasClient))
        {
            AddClient(builder, name);
        }

        return builder;
    }

    private static void AddShared(IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<Pan123ClientOptions>, Pan123ClientOptionsValidator>();
        services.AddSingleton<AccountRegistry>();
        services.AddMetrics();
        services.AddSingleton(typeof(SafeLogger<>));
        services.TryAddSingleton(TimeProvider.System);

        // The first filter is the outermost, so it changes the handlers last.
        services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, InnermostHandlers>());
    }

    private static void AddClient(IHttpClientBuilder builder, string name)
    {
        if (name.Length == 0)
        {
            builder.AddTypedClient<IPan123Client>((httpClient, services) => new Pan123Client(httpClient, Pan123HttpPipeline.GetAccount(name, services)));
            return;
        }

        builder.Services.AddKeyedTransient<IPan123Client>(name, (services, _) => new Pan123Client(
            services.GetRequiredService<IHttpClientFactory>().CreateClient(builder.Name), Pan123HttpPipeline.GetAccount(name, services)));
        builder.Services.TryAddKeyedTransient<IPan123Client>(KeyedService.AnyKey, (services, key) => throw new InvalidOperationException(
            $"There is no client with the name '{key}': register it with AddPan123Client(\"{key}\", …). "
            + $"Registered are {string.Join(", ", services.GetServices<ClientRegistration>().Select(registration => $"'{registration.Name}'").Distinct())}."));
    }
}
