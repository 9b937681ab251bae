using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Pan123.Tests.Applications;

/// <summary>A way in which an application changes the client that <c>AddPan123Client</c> registers.</summary>
internal sealed partial record Application(string Name)
{
    /// <summary>What the application does before it adds the client; null for nothing.</summary>
    public Action<IServiceCollection, Surroundings>? Before { get; init; }

    /// <summary>What it does with the builder; null for nothing.</summary>
    public Action<IHttpClientBuilder, Surroundings>? After { get; init; }

    /// <summary>What it listens with while it calls; null for nothing.</summary>
    public Func<IServiceProvider, Surroundings, IDisposable>? Listen { get; init; }

    /// <summary>Whether it leaves requests and responses as they are, so that the outcome must be the one that a call has without it.</summary>
    public bool IsHarmless { get; init; }

    /// <summary>Whether it makes requests of its own, which the library does not answer for.</summary>
    public bool ForgesRequests { get; init; }

    /// <summary>Whether another call, for other files, comes before.</summary>
    public bool NeedsEarlierCall { get; init; }

    public override string ToString() => Name;

    /// <summary>A handler that the application adds to the builder, inside of the library's own.</summary>
    private static Application Handler(string name, Func<HttpRequestMessage, Send, Task<HttpResponseMessage>> around) =>
        Handler(name, (_, request, send) => around(request, send));

    private static Application Handler(string name, Func<Surroundings, HttpRequestMessage, Send, Task<HttpResponseMessage>> around) => new(name)
    {
        After = (builder, surroundings) => builder.AddHttpMessageHandler(
            () => new ApplicationHandler((request, send) => around(surroundings, request, send))),
    };

    /// <summary>A handler that the application gives all its clients, outside of the library's own.</summary>
    private static Application DefaultHandler(string name, Func<HttpRequestMessage, Send, Task<HttpResponseMessage>> around) =>
        DefaultHandler(name, (_, request, send) => around(request, send));

    private static Application DefaultHandler(string name, Func<Surroundings, HttpRequestMessage, Send, Task<HttpResponseMessage>> around) =>
        new($"all clients: {name}")
        {
            Before = (services, surroundings) => services.ConfigureHttpClientDefaults(defaults => defaults.AddHttpMessageHandler(
                () => new ApplicationHandler((request, send) => around(surroundings, request, send)))),
        };

    private static Application Primary(string name, Func<Surroundings, HttpMessageHandler> create) => new($"primary: {name}")
    {
        IsHarmless = true,
        After = (builder, surroundings) => SetPrimary(builder, () => create(surroundings)),
    };

    private static void SetPrimary(IHttpClientBuilder builder, Func<HttpMessageHandler> create) =>
#pragma warning disable RS0030 // Banned, so that all requests are judged; these handlers end in one of the platform's, where they are.
        builder.ConfigurePrimaryHttpMessageHandler(create);
#pragma warning restore RS0030

    /// <summary>A filter, which changes the handlers of a client once they are together.</summary>
    private static Application Filter(string name, Action<HttpMessageHandlerBuilder> change) => new($"filter: {name}")
    {
        After = (builder, _) => builder.Services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new ApplicationFilter(change)),
    };

    /// <summary>A filter that was there before the client, so that it has its word after all that came later.</summary>
    private static Application FirstFilter(string name, Action<HttpMessageHandlerBuilder> change) => new($"filter, registered first: {name}")
    {
        Before = (services, _) => services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new ApplicationFilter(change)),
    };

    private static ApplicationHandler Chain(HttpMessageHandler primary)
    {
        return PassOn(PassOn(primary));

        static ApplicationHandler PassOn(HttpMessageHandler inner) => new((request, send) => send(request)) { InnerHandler = inner };
    }

    /// <summary>Retries everything but a success, at once.</summary>
    private static void RetryEverything(ResiliencePipelineBuilder<HttpResponseMessage> pipeline) =>
        pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(1),
            ShouldHandle = attempt => new(attempt.Outcome is not { Result.IsSuccessStatusCode: true }),
        });

    private static IHttpClientBuilder AddStandardRetries(IHttpClientBuilder builder)
    {
        builder.AddStandardResilienceHandler().Configure(options => options.Retry.Delay = TimeSpan.FromMilliseconds(1));
        return builder;
    }

    private static void AddHedging(IHttpClientBuilder builder) =>
        builder.AddStandardHedgingHandler().Configure(options => options.Hedging.Delay = TimeSpan.FromMilliseconds(1));

    private sealed class ApplicationFilter(Action<HttpMessageHandlerBuilder> change) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            change(builder);
        };
    }
}
