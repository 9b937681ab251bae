namespace Pan123;

public partial class Pan123Client
{
    /// <summary>Makes a client for a program without a container.</summary>
    /// <param name="options">The options. They are copied: a later change has no effect.</param>
    /// <param name="configure">
    /// Changes the client's <see cref="HttpClient"/> and its handlers, for instance a proxy; through <see cref="IHttpClientBuilder.Services"/>
    /// also registers an <see cref="IAccessTokenProvider"/>. Null for none of it.
    /// </param>
    /// <returns>The client; dispose of it at the end.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsValidationException">An option is missing or wrong; the message says which and what to do.</exception>
    public static StandalonePan123Client Create(Pan123ClientOptions options, Action<IHttpClientBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);

        // The same registration as everybody's, so that there is one way of a call.
        var builder = new ServiceCollection().AddPan123Client(options.CopyTo);
        configure?.Invoke(builder);

        // The client keeps its handlers, so the factory is not to time them. It never closes their connections.
        HttpMessageHandler? primaryHandler = null;
        CallsInFlight? calls = null;
        builder
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Insert(0, calls = new CallsInFlight()))
            .ConfigurePrimaryHttpMessageHandler((handler, _) => RenewConnections(primaryHandler = handler));

        var services = builder.Services.BuildServiceProvider();
        try
        {
            var httpClient = services.GetRequiredService<IHttpClientFactory>().CreateClient(Pan123HttpPipeline.Name);
            return new StandalonePan123Client(
                httpClient,
                services.GetRequiredService<Pan123Telemetry>(),
                calls!,
                services,
                options.ClientId is null ? null : services.GetRequiredService<ClientCredentialsTokenProvider>(),
                services.GetRequiredService<RateLimiterRegistry>(),
                httpClient,
                primaryHandler);
        }
        catch
        {
            // Why there is no client matters more than how the rest of it ends.
            services.DisposeAsync().AsTask().Abandon();
            throw;
        }
    }

    /// <summary>Lets connections end after a while, where the application does not say when, so that a change of the DNS is seen.</summary>
    private static void RenewConnections(HttpMessageHandler handler)
    {
        var lifetime = TimeSpan.FromMinutes(2);
#if NET
        if (handler is SocketsHttpHandler sockets && sockets.PooledConnectionLifetime == Timeout.InfiniteTimeSpan)
        {
            sockets.PooledConnectionLifetime = lifetime;
        }
#else
        // A SocketsHttpHandler, which .NET Standard cannot name.
        if (handler.GetType().GetProperty("PooledConnectionLifetime") is { } property && Timeout.InfiniteTimeSpan.Equals(property.GetValue(handler)))
        {
            property.SetValue(handler, lifetime);
        }
#endif
    }
}
