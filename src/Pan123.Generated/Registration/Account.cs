namespace Pan123;

/// <summary>What all requests of a registered client share, however often the factory creates its handlers anew.</summary>
internal sealed class Account : IDisposable
{
    private readonly Lazy<ClientCredentialsTokenProvider> _clientCredentials;

    /// <param name="name">The name of the registration; empty for the default client.</param>
    /// <param name="services">The container.</param>
    public Account(string name, IServiceProvider services)
    {
        Name = name;
        Options = name.Length == 0
            ? services.GetRequiredService<IOptions<Pan123ClientOptions>>().Value
            : services.GetRequiredService<IOptionsMonitor<Pan123ClientOptions>>().Get(name);
        Telemetry = ActivatorUtilities.CreateInstance<Pan123Telemetry>(services, name);
        RateLimiters = ActivatorUtilities.CreateInstance<RateLimiterRegistry>(services, Options, Telemetry);
        _clientCredentials = new(() => ActivatorUtilities.CreateInstance<ClientCredentialsTokenProvider>(
            services, this, ActivatorUtilities.CreateInstance<DistributedTokenCache>(services, Options)));
    }

    public string Name { get; }

    public Pan123ClientOptions Options { get; }

    public Pan123Telemetry Telemetry { get; }

    public RateLimiterRegistry RateLimiters { get; }

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
}
