using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace Pan123.Tests.Applications;

internal sealed partial record Application
{
    public static IReadOnlyList<Application> All { get; } =
    [
        .. PrimaryHandlers(), .. Retries(), .. Copies(), .. Repetitions(), .. Forgeries(),
        .. Failures(), .. Rewrites(), .. Defaults(), .. Filters(), .. Observers(),
    ];

    private static IEnumerable<Application> PrimaryHandlers()
    {
        yield return new Application("observers alone") { IsHarmless = true };
        yield return Primary("HttpClientHandler", _ => new HttpClientHandler());
        yield return Primary("HttpClientHandler with a proxy", surroundings =>
            new HttpClientHandler { Proxy = new LoopbackProxy(surroundings.Proxy), UseProxy = true });
        yield return Primary("SocketsHttpHandler", _ => new SocketsHttpHandler());
        yield return Primary("SocketsHttpHandler with a proxy", surroundings =>
            new SocketsHttpHandler { Proxy = new LoopbackProxy(surroundings.Proxy), UseProxy = true });
        yield return Primary("credentials, sent unasked", _ =>
            new HttpClientHandler { Credentials = new NetworkCredential("user", "password"), PreAuthenticate = true }) with
        { ForgesRequests = true };
        yield return Primary("chain", surroundings => Chain(new HttpClientHandler { Proxy = new LoopbackProxy(surroundings.Proxy) }));
        yield return Primary("chain around SocketsHttpHandler", _ => Chain(new SocketsHttpHandler()));
        yield return Primary("chain that retries", _ =>
            new ApplicationHandler(Handlers.RetryAsync) { InnerHandler = new HttpClientHandler() }) with
        { IsHarmless = false };
        yield return Primary("chain that retries copies", _ =>
            new ApplicationHandler(Handlers.RetryCopiesAsync) { InnerHandler = new HttpClientHandler() }) with
        { IsHarmless = false };
        yield return Primary("HttpClientHandler that retries", _ => new RetryingClientHandler()) with { IsHarmless = false };
        yield return Primary("a client of its own", _ => new ForwardingPrimaryHandler()) with { IsHarmless = false };
        yield return new Application("UseSocketsHttpHandler")
        {
            IsHarmless = true,
            After = (builder, surroundings) => builder.UseSocketsHttpHandler((handler, _) =>
                Loosen(handler, new LoopbackProxy(surroundings.Proxy))),
        };
        yield return new Application("primary: changed after the library")
        {
            IsHarmless = true,
            After = (builder, surroundings) => builder.ConfigurePrimaryHttpMessageHandler((handler, _) =>
                Loosen((SocketsHttpHandler)handler, new LoopbackProxy(surroundings.Proxy))),
        };

        static void Loosen(SocketsHttpHandler handler, IWebProxy proxy) =>
            (handler.AllowAutoRedirect, handler.UseCookies, handler.UseProxy, handler.Proxy) = (true, true, true, proxy);
    }

    private static IEnumerable<Application> Retries()
    {
        yield return new Application("standard resilience") { After = (builder, _) => AddStandardRetries(builder) };
        yield return new Application("standard hedging") { After = (builder, _) => AddHedging(builder) };
        yield return new Application("Polly that retries everything")
        {
            After = (builder, _) => builder.AddResilienceHandler("everything", RetryEverything),
        };
        yield return Handler("retry", Handlers.RetryAsync);
        yield return Handler("retry of copies", Handlers.RetryCopiesAsync);
    }

    private static IEnumerable<Application> Copies()
    {
        yield return Handler("copy without options", Handlers.SendCopyWithoutOptionsAsync);
        yield return Handler("copy with options", Handlers.SendCopyWithOptionsAsync);
        yield return Handler("body buffered first", Handlers.BufferAsync);
        yield return Handler("body as an array of bytes", Handlers.SendBytesAsync);
    }

    private static IEnumerable<Application> Repetitions()
    {
        yield return Handler("twice, the second response", (request, send) => Handlers.SendTwiceAsync(request, send, returnsFirst: false));
        yield return Handler("twice, the first response", (request, send) => Handlers.SendTwiceAsync(request, send, returnsFirst: true));
        yield return Handler("twice at once", (request, send) => Handlers.SendTwiceAtOnceAsync(request, send, copies: false));
        yield return Handler("twice at once, copies", (request, send) => Handlers.SendTwiceAtOnceAsync(request, send, copies: true));
    }

    private static IEnumerable<Application> Forgeries()
    {
        yield return Handler("cached response", (surroundings, request, send) =>
            surroundings.Cache.GetAsync(request, send, copies: false)) with
        { NeedsEarlierCall = true };
        yield return Handler("copy of a cached response", (surroundings, request, send) =>
            surroundings.Cache.GetAsync(request, send, copies: true)) with
        { NeedsEarlierCall = true };
        yield return Handler("other files", Handlers.SwapFilesAsync) with { ForgesRequests = true };
        yield return Handler("body swapped for a success", (request, send) => Handlers.SwapBodyAsync(request, send, FakeService.Success));
        yield return Handler("body swapped for a rejection", (request, send) => Handlers.SwapBodyAsync(request, send, Handlers.Rejection));
        yield return Handler("response swapped for a success", (request, send) => Handlers.SwapResponseAsync(request, send, FakeService.Success));
        yield return Handler("response swapped for a rejection", (request, send) => Handlers.SwapResponseAsync(request, send, Handlers.Rejection));
        yield return Handler("status 200", (request, send) => Handlers.SetStatusAsync(request, send, HttpStatusCode.OK));
        yield return Handler("status 400", (request, send) => Handlers.SetStatusAsync(request, send, HttpStatusCode.BadRequest));
        yield return Handler("response disposed of", Handlers.DisposeResponseAsync);
        yield return Handler("success made up", (request, send) =>
            Handlers.IsDeletion(request) ? Task.FromResult(Handlers.MadeUp(HttpStatusCode.OK, FakeService.Success)) : send(request));
        yield return Handler("rejection made up", (request, send) =>
            Handlers.IsDeletion(request) ? Task.FromResult(Handlers.MadeUp(HttpStatusCode.OK, Handlers.Rejection)) : send(request));
    }

    private static IEnumerable<Application> Failures()
    {
        yield return Handler("InvalidOperationException after", (request, send) =>
            Handlers.ThrowAfterAsync(request, send, new InvalidOperationException("The application failed.")));
        yield return Handler("HttpRequestException after", (request, send) =>
            Handlers.ThrowAfterAsync(request, send, new HttpRequestException("The application failed.")));
        yield return Handler("OperationCanceledException after", (request, send) =>
            Handlers.ThrowAfterAsync(request, send, new OperationCanceledException("The application gave up.")));
        yield return Handler("InvalidOperationException before", (_, _) => throw new InvalidOperationException("The application failed."));
        yield return Handler("HttpRequestException before", (_, _) => throw new HttpRequestException("The application failed."));
        yield return Handler("OperationCanceledException before", (_, _) => throw new OperationCanceledException("The application gave up."));
        yield return Handler("a request let go of", (surroundings, request, send) =>
        {
            surroundings.LetGo(send(request));
            throw new HttpRequestException("The application did not wait.");
        });
    }

    private static IEnumerable<Application> Rewrites()
    {
        yield return Handler("another path", (request, send) =>
            Handlers.RewriteAsync(request, send, new Uri(request.RequestUri!, "/api/v1/file/trash"))) with
        { ForgesRequests = true };
        yield return Handler("another origin", (surroundings, request, send) =>
            Handlers.RewriteAsync(request, send, new Uri(surroundings.OtherOrigin, request.RequestUri!.PathAndQuery)));
        yield return Handler("another host in the header", (request, send) =>
        {
            request.Headers.Host = "another.example";
            return send(request);
        });
        yield return Handler("cookies and headers", Handlers.AddHeadersAsync) with { IsHarmless = true };
        yield return Handler("no access token", Handlers.RemoveTokenAsync) with { ForgesRequests = true };
        yield return Handler("another thread without the context", Handlers.SendElsewhereAsync) with { IsHarmless = true };
    }

    private static IEnumerable<Application> Defaults()
    {
        yield return DefaultHandler("retry", Handlers.RetryAsync);
        yield return DefaultHandler("retry of copies", Handlers.RetryCopiesAsync);
        yield return DefaultHandler("body as an array of bytes", Handlers.SendBytesAsync);
        yield return DefaultHandler("twice, the second response", (request, send) => Handlers.SendTwiceAsync(request, send, returnsFirst: false));
        yield return DefaultHandler("cached response", (surroundings, request, send) =>
            surroundings.Cache.GetAsync(request, send, copies: false)) with
        { NeedsEarlierCall = true };
        yield return DefaultHandler("other files", Handlers.SwapFilesAsync) with { ForgesRequests = true };
        yield return DefaultHandler("success made up", (request, send) =>
            Handlers.IsDeletion(request) ? Task.FromResult(Handlers.MadeUp(HttpStatusCode.OK, FakeService.Success)) : send(request));
        yield return DefaultHandler("status 400", (request, send) => Handlers.SetStatusAsync(request, send, HttpStatusCode.BadRequest));
        yield return DefaultHandler("another thread without the context", Handlers.SendElsewhereAsync) with { IsHarmless = true };
        yield return new Application("all clients, told afterwards: retry")
        {
            After = (builder, _) => builder.Services.ConfigureHttpClientDefaults(
                defaults => defaults.AddHttpMessageHandler(() => new ApplicationHandler(Handlers.RetryAsync))),
        };
        yield return new Application("all clients: standard resilience")
        {
            Before = (services, _) => services.ConfigureHttpClientDefaults(defaults => AddStandardRetries(defaults)),
        };
        yield return new Application("all clients, told afterwards: standard resilience")
        {
            After = (builder, _) => builder.Services.ConfigureHttpClientDefaults(defaults => AddStandardRetries(defaults)),
        };
        yield return new Application("all clients: as Aspire does")
        {
            IsHarmless = true,
            Before = (services, _) => services.ConfigureHttpClientDefaults(defaults => AddStandardRetries(defaults).AddHttpMessageHandler(
                () => new ApplicationHandler((request, send) => Handlers.RewriteAsync(request, send, new UriBuilder(request.RequestUri!).Uri)))),
        };
        yield return new Application("HttpClient.Timeout")
        {
            After = (builder, _) => builder.ConfigureHttpClient(http => http.Timeout = TimeSpan.FromMilliseconds(50)),
        };
    }

    private static IEnumerable<Application> Filters()
    {
        // As applications do that want no logs of HttpClient.
        yield return new Application("filters removed")
        {
            IsHarmless = true,
            After = (builder, _) => builder.Services.RemoveAll<IHttpMessageHandlerBuilderFilter>(),
        };
        yield return Filter("wraps the primary handler", builder =>
            builder.PrimaryHandler = Chain(builder.PrimaryHandler)) with
        { IsHarmless = true };
        yield return Filter("wraps the primary handler in retries", builder =>
            builder.PrimaryHandler = new ApplicationHandler(Handlers.RetryAsync) { InnerHandler = builder.PrimaryHandler });
        yield return Filter("replaces the primary handler", builder => builder.PrimaryHandler = new HttpClientHandler()) with { IsHarmless = true };
        yield return Filter("adds retries last", builder => builder.AdditionalHandlers.Add(new ApplicationHandler(Handlers.RetryAsync)));
        yield return Filter("adds retries first", builder => builder.AdditionalHandlers.Insert(0, new ApplicationHandler(Handlers.RetryAsync)));
        yield return FirstFilter("adds retries of copies last", builder =>
            builder.AdditionalHandlers.Add(new ApplicationHandler(Handlers.RetryCopiesAsync)));
        yield return FirstFilter("replaces the primary handler", builder =>
            builder.PrimaryHandler = new HttpClientHandler()) with
        { IsHarmless = true };
    }

    private static IEnumerable<Application> Observers()
    {
        yield return new Application("no logged header redacted") { IsHarmless = true, After = (builder, _) => builder.RedactLoggedHeaders([]) };
        yield return new Application("no logged header redacted, by a predicate")
        {
            IsHarmless = true,
            After = (builder, _) => builder.RedactLoggedHeaders(_ => false),
        };
        yield return new Application("throwing logger")
        {
            After = (builder, _) => builder.Services.AddLogging(logging => logging.AddProvider(new ThrowingObservers.LoggerProvider())),
        };
        yield return new Application("throwing listener to the library's meter")
        {
            Listen = (services, _) => ThrowingObservers.ListenToMeters(services, "Pan123"),
        };
        yield return new Application("throwing listener to the platform's meter")
        {
            Listen = (services, _) => ThrowingObservers.ListenToMeters(services, "System.Net.Http"),
        };
        foreach (var source in new[] { "Pan123", "System.Net.Http" })
        {
            yield return new Application($"throwing listener to activities that start, {source}")
            {
                Listen = (_, surroundings) => ThrowingObservers.ListenToActivities(surroundings, source, atStart: true),
            };
            yield return new Application($"throwing listener to activities that stop, {source}")
            {
                Listen = (_, surroundings) => ThrowingObservers.ListenToActivities(surroundings, source, atStart: false),
            };
        }
    }

    /// <summary>A proxy for all addresses, the loopback's too.</summary>
    private sealed class LoopbackProxy(Uri address) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri GetProxy(Uri destination) => address;

        public bool IsBypassed(Uri host) => false;
    }
}
