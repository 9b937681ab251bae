using Microsoft.Extensions.DependencyInjection;

namespace Pan123.Tests;

/// <summary>What the primary handler of an application may still do: it follows no redirect, keeps no cookie, and asks a proxy for https only.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InnermostHandlersTests
{
    private static IEnumerable<TestCaseData> Handlers()
    {
        foreach (var (address, usesProxy) in new[] { ("https://example.com", true), ("http://localhost:5000", false) })
        {
            yield return Case(new HttpClientHandler(), handler => (handler.AllowAutoRedirect, handler.UseCookies, handler.UseProxy));
            yield return Case(new SocketsHttpHandler(), handler => (handler.AllowAutoRedirect, handler.UseCookies, handler.UseProxy));
            yield return Case(new OtherHandler(), handler => (handler.AllowAutoRedirect || handler.AutomaticRedirection, handler.UseCookies, handler.UseProxy));

            TestCaseData Case<T>(T handler, Func<T, (bool, bool, bool)> read)
                where T : HttpMessageHandler => new TestCaseData(handler, () => read(handler), address, usesProxy).SetArgDisplayNames(typeof(T).Name, address);
        }
    }

    [TestCaseSource(nameof(Handlers))]
    public void A_primary_handler_follows_no_redirect_and_keeps_no_cookie(
        HttpMessageHandler handler, Func<(bool Redirects, bool Cookies, bool Proxy)> read, string address, bool usesProxy)
    {
        using var client = CreateClient(handler, address);

        Assert.That(read(), Is.EqualTo((false, false, usesProxy)));
    }

    [Test]
    public void What_a_handler_does_not_do_is_not_forbidden_to_it()
    {
        using var handler = new StartedHandler(allowsAutoRedirect: false);

        Assert.That(() => CreateClient(handler, "http://localhost:5000").Dispose(), Throws.Nothing);
    }

    private static StandalonePan123Client CreateClient(HttpMessageHandler handler, string address) => Pan123Client.Create(
        new Pan123ClientOptions { BaseAddress = new Uri(address), AccessToken = "token" },
#pragma warning disable RS0030 // Banned, so that all requests are judged; here, none is sent.
        builder => builder.ConfigurePrimaryHttpMessageHandler(() => handler));
#pragma warning restore RS0030

    /// <summary>A handler that the library can restrict by the names of its properties only.</summary>
    private sealed class OtherHandler : HttpMessageHandler
    {
        public bool AllowAutoRedirect { get; set; } = true;

        public bool AutomaticRedirection { get; set; } = true;

        public bool UseCookies { get; set; } = true;

        public bool UseProxy { get; set; } = true;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    /// <summary>Cannot be changed any more, as one that has sent a request, and has a property that is something else.</summary>
    private sealed class StartedHandler(bool allowsAutoRedirect) : HttpMessageHandler
    {
        public bool AllowAutoRedirect
        {
            get => allowsAutoRedirect;
            set => throw new InvalidOperationException($"This was set to {value}.");
        }

        public string UseCookies { get; set; } = "never";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
