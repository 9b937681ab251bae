using Polly;

namespace Pan123;

/// <summary>What all requests of an account share, even when the factory recreates the handlers.</summary>
internal sealed class Account : IDisposable
{
    private readonly Lazy<ClientCredentialsTokenProvider> _clientCredentials;

    /// <summary>The account of a registered client.</summary>
    /// <param name="client">The name of the client; empty for the default client.</param>
    /// <param name="services">The container.</param>
    public Account(string client, IServiceProvider services)
        : this(client, Pan123HttpPipeline.GetName(client), GetOptions(client, services), ActivatorUtilities.CreateInstance<Pan123Telemetry>(services, client), services) =>
        Telemetry.RateLimiters = RateLimiters;

    /// <summary>An account that is known only at run time: its requests pass the handlers of a registered client.</summary>
    /// <param name="name">The name of the account.</param>
    /// <param name="registered">The account of the registered client.</param>
    /// <param name="options">Its options.</param>
    /// <param name="services">The container.</param>
    public Account(string name, Account registered, Pan123ClientOptions options, IServiceProvider services)
        : this(name, registered.HttpClientName, options, registered.Telemetry, services)
    {
    }

    private Account(string name, string httpClientName, Pan123ClientOptions options, Pan123Telemetry telemetry, IServiceProvider services)
    {
        (Name, HttpClientName, Options, Telemetry) = (name, httpClientName, options, telemetry);
        RateLimiters = ActivatorUtilities.CreateInstance<RateLimiterRegistry>(services, options, telemetry);
        AttemptPipeline = Pan123Resilience.CreateAttempt(services, this);
        _clientCredentials = new(() => ActivatorUtilities.CreateInstance<ClientCredentialsTokenProvider>(
            services, this, ActivatorUtilities.CreateInstance<DistributedTokenCache>(services, options)));
    }

    /// <summary>The name of the registered client, empty for the default client; or the name given at run time.</summary>
    public string Name { get; }

    public string HttpClientName { get; }

    public Pan123ClientOptions Options { get; }

    public Pan123Telemetry Telemetry { get; }

    public RateLimiterRegistry RateLimiters { get; }

    /// <summary>The pipeline of each attempt, with the circuit breaker.</summary>
    public ResiliencePipeline<HttpResponseMessage> AttemptPipeline { get; }

    /// <summary>Requests tokens with the client credentials of the options.</summary>
    public ClientCredentialsTokenProvider ClientCredentials => _clientCredentials.Value;

    public void Dispose()
    {
        RateLimiters.Dispose();
        if (_clientCredentials.IsValueCreated)
        {
            _clientCredentials.Value.Dispose();
        }
    }

    private static Pan123ClientOptions GetOptions(string client, IServiceProvider services) => client.Length == 0
        ? services.GetRequiredService<IOptions<Pan123ClientOptions>>().Value
        : services.GetRequiredService<IOptionsMonitor<Pan123ClientOptions>>().Get(client);
}
