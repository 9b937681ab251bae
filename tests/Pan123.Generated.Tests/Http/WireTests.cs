using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace Pan123.Tests;

/// <summary>The request as it stands on the wire, byte for byte.</summary>
[NonParallelizable]
public sealed class WireTests
{
    private const string Example = """{"fileIDs":[14705301,14705306]}""";

    [Test]
    public async Task The_documentations_example_goes_out_with_its_three_headers_and_nothing_else()
    {
        using var server = new RawServer();

        await DeleteExampleAsync(server);

        Assert.That(server.Requests.Single(), Is.EqualTo(ExpectedRequest(server.BaseAddress)));
    }

    [Test]
    public async Task A_path_in_the_base_address_comes_first([Values("gateway/123pan", "gateway/123pan/")] string path)
    {
        using var server = new RawServer();

        await DeleteExampleAsync(server, new Uri(server.BaseAddress, path));

        Assert.That(server.Requests.Single(), Does.StartWith("POST /gateway/123pan/api/v1/file/delete HTTP/1.1\r\n"));
    }

    [Test]
    public async Task A_hostile_host_application_changes_no_byte_and_no_reading()
    {
        using var server = new RawServer();
        var (settings, culture) = (JsonConvert.DefaultSettings, CultureInfo.DefaultThreadCurrentCulture);
        try
        {
#pragma warning disable CA2326, CA2327 // The insecure setting is the host application's, and the point of the test.
            JsonConvert.DefaultSettings = () => new JsonSerializerSettings
            {
                ContractResolver = new CamelCasePropertyNamesContractResolver(),
                Converters = [new UselessConverter()],
                Culture = HostileCulture(),
                DateFormatString = "yy",
                Formatting = Formatting.Indented,
                MissingMemberHandling = MissingMemberHandling.Error,
                TypeNameHandling = TypeNameHandling.All,
            };
#pragma warning restore CA2326, CA2327
            CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = HostileCulture();

            var response = await DeleteExampleAsync(server);

            Assert.Multiple(() =>
            {
                Assert.That(server.Requests.Single(), Is.EqualTo(ExpectedRequest(server.BaseAddress)));
                Assert.That((response.Code, response.TraceId), Is.EqualTo((0, FakeService.TraceId)));
            });
        }
        finally
        {
            (JsonConvert.DefaultSettings, CultureInfo.DefaultThreadCurrentCulture) = (settings, culture);
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        }
    }

    [Test]
    public async Task What_a_handler_of_the_application_does_to_a_request_does_not_reach_the_next_one()
    {
        using var server = new RawServer();
        using var client = CreateClient(server.BaseAddress, builder => builder.AddHttpMessageHandler(() => new Meddler()));

        for (var call = 0; call < 2; call++)
        {
            await Task.WhenAll(client.DeleteFilesAsync([14705301, 14705306]), server.AnswerAsync());
        }

        Assert.Multiple(() =>
        {
            Assert.That(server.Requests[0], Does.Contain("Content-Type: application/json; charset=utf-7").And.Contain("Platform: other"));
            Assert.That(server.Requests[1], Is.EqualTo(ExpectedRequest(server.BaseAddress)));
        });
        RequestWatch.TakeProblems();
    }

    [Test]
    public async Task A_hostile_culture_changes_no_message()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = HostileCulture();
            using var client = Pan123Client.Create(new Pan123ClientOptions { AccessToken = "token" });

            var refused = (await Assert.ThrowsAsync<ArgumentException>(() => client.DeleteFilesAsync([-7])))!;

            Assert.That(refused.Message, Does.Contain(" -7 "));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestCase("HTTP/1.1 307 Temporary Redirect")]
    [TestCase("HTTP/1.1 302 Found")]
    public async Task A_redirect_is_not_followed(string status)
    {
        using var server = new RawServer();
        using var elsewhere = new RawServer();
        using var client = CreateClient(server.BaseAddress);

        var call = client.DeleteFilesAsync([1]);
        await server.AnswerAsync($"{status}\r\nLocation: {elsewhere.BaseAddress}");

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => call);
        Assert.That(elsewhere.HasPendingConnection, Is.False);
    }

    [Test]
    public async Task A_cookie_is_not_sent_back()
    {
        using var server = new RawServer();
        using var client = CreateClient(server.BaseAddress);

        await Task.WhenAll(client.DeleteFilesAsync([1]), server.AnswerAsync("HTTP/1.1 200 OK\r\nSet-Cookie: session=1; Path=/"));
        await Task.WhenAll(client.DeleteFilesAsync([2]), server.AnswerAsync());

        Assert.That(server.Requests[1], Does.Not.Contain("Cookie"));
    }

    [Test]
    public async Task Plain_http_to_the_loopback_does_not_go_through_a_proxy()
    {
        using var server = new RawServer();
        using var proxy = new RawServer();
        var defaultProxy = HttpClient.DefaultProxy;
        try
        {
            HttpClient.DefaultProxy = new System.Net.WebProxy(proxy.BaseAddress);

            await DeleteExampleAsync(server);

            Assert.That(proxy.HasPendingConnection, Is.False);
        }
        finally
        {
            HttpClient.DefaultProxy = defaultProxy;
        }
    }

    private static string ExpectedRequest(Uri address) =>
        string.Join(
            "\r\n",
            "POST /api/v1/file/delete HTTP/1.1",
            $"Host: {address.Authority}",
            "Platform: open_platform",
            "Authorization: Bearer token",
            "Content-Type: application/json",
            string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Example.Length}"),
            "",
            Example);

    private static async Task<DeleteFilesResponse> DeleteExampleAsync(RawServer server, Uri? baseAddress = null)
    {
        using var client = CreateClient(baseAddress ?? server.BaseAddress);
        var call = client.DeleteFilesAsync([14705301, 14705306]);
        await server.AnswerAsync();
        return await call;
    }

    // With a time-out, so that a request gone astray fails its test soon.
    private static StandalonePan123Client CreateClient(Uri baseAddress, Action<IHttpClientBuilder>? configure = null) => Pan123Client.Create(
        new Pan123ClientOptions { BaseAddress = baseAddress, AccessToken = "token", MaxRetries = 0 },
        builder =>
        {
            builder.ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(10));
            configure?.Invoke(builder);
        });

    private static CultureInfo HostileCulture()
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo("ar-SA").Clone();
        culture.NumberFormat.NegativeSign = "minus";
        culture.NumberFormat.NumberGroupSeparator = "";
        return culture;
    }

    /// <summary>Changes all that can be changed in the first request.</summary>
    private sealed class Meddler : DelegatingHandler
    {
        private bool _hasMeddled;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!_hasMeddled)
            {
                _hasMeddled = true;
                request.Content!.Headers.ContentType!.CharSet = "utf-7";
                request.Headers.Remove("Platform");
                request.Headers.Add("Platform", "other");
            }

            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class UselessConverter : JsonConverter
    {
        public override bool CanConvert(Type objectType) => true;

        public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) => null;

        public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => writer.WriteNull();
    }
}
