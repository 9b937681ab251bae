using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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

        // The factory never closes the connections of a client that it is not to renew.
        HttpMessageHandler? primaryHandler = null;
        builder.ConfigurePrimaryHttpMessageHandler((handler, _) => primaryHandler = handler);

        var services = builder.Services.BuildServiceProvider();
        try
        {
            var httpClient = services.GetRequiredService<IHttpClientFactory>().CreateClient(Pan123HttpClient.Name);
            return new StandalonePan123Client(httpClient, services.GetRequiredService<Pan123Telemetry>(), httpClient, primaryHandler!, services);
        }
        catch
        {
            services.Dispose();
            throw;
        }
    }
}
