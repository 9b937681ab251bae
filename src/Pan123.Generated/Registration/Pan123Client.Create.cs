namespace Pan123;

public partial class Pan123Client
{
    /// <summary>Creates a client for a program without a dependency injection container.</summary>
    /// <param name="options">The options. They are copied: later changes have no effect.</param>
    /// <param name="configure">
    /// Changes the client's <see cref="HttpClient"/> and its handlers, for instance the proxy; can also register an
    /// <see cref="IAccessTokenProvider"/> in <see cref="IHttpClientBuilder.Services"/>. Null for the defaults.
    /// </param>
    /// <returns>The client; dispose it at the end.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsValidationException">An option is missing or invalid; the message says which one and what to do.</exception>
    public static StandalonePan123Client Create(Pan123ClientOptions options, Action<IHttpClientBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);

        // Reuses AddPan123Client, so that both entry points share one pipeline.
        var builder = new ServiceCollection().AddPan123Client(options.CopyTo);
        configure?.Invoke(builder);

        // The client keeps its handlers, so the factory must not expire them. The factory never closes their connections, so the client
        // does.
        HttpMessageHandler? primaryHandler = null;
        CallsInFlight? calls = null;
        builder
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Insert(0, calls = new CallsInFlight()))
            .ConfigurePrimaryHttpMessageHandler((handler, _) => RenewConnections(primaryHandler = handler));

        var services = builder.Services.BuildServiceProvider();
        try
        {
            var httpClient = services.GetRequiredService<IHttpClientFactory>().CreateClient(builder.Name);
            var account = Pan123HttpPipeline.GetAccount("", services);
            return new StandalonePan123Client(httpClient, account, calls!, services, account, httpClient, primaryHandler);
        }
        catch
        {
            // The exception that prevented the client matters more than a failure of this disposal.
            services.DisposeAsync().AsTask().Abandon();
            throw;
        }
    }

    /// <summary>Limits the lifetime of connections, unless the application has set one, so that DNS changes are noticed.</summary>
    /// <remarks><see href="https://learn.microsoft.com/dotnet/fundamentals/networking/http/httpclient-guidelines#dns-behavior"/></remarks>
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
