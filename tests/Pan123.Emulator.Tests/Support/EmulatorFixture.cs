using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pan123.Emulator.Tests;

/// <summary>An emulator per test, and a plain HttpClient that speaks to it as the platform documents, or as a test makes it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(20_000)]
public abstract class EmulatorFixture
{
    protected const string DeletePath = "/api/v1/file/delete";

    protected Pan123Emulator Pan { get; private set; } = null!;

    protected HttpClient Http { get; private set; } = null!;

    protected virtual Pan123EmulatorOptions? Options => null;

    protected static CancellationToken TimeLimit => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public async Task StartAsync()
    {
        Pan = await Pan123Emulator.StartAsync(Options);
        Http = new HttpClient { BaseAddress = Pan.BaseAddress };
    }

    [TearDown]
    public async Task StopAsync()
    {
        Http.Dispose();
        await Pan.DisposeAsync();
    }

    /// <summary>A request as documented, for tests to bend.</summary>
    protected static HttpRequestMessage DeleteRequest(string body, string accessToken = Pan123EmulatorOptions.DefaultAccessToken)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, new Uri(DeletePath, UriKind.Relative))
        {
            Headers = { { "Authorization", $"Bearer {accessToken}" }, { "Platform", "open_platform" } },
            Content = content,
        };
    }

    protected static string Body(params IEnumerable<long> fileIds) => $$"""{"fileIDs":[{{string.Join(',', fileIds)}}]}""";

    protected Task<Reply> DeleteAsync(params IEnumerable<long> fileIds) => SendAsync(DeleteRequest(Body(fileIds)));

    protected async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Http.SendAsync(request, TimeLimit);
            var content = response.Content;
            var body = await content.ReadAsStringAsync(TimeLimit);
            return new Reply(response.StatusCode, $"{content.Headers.ContentType}", body, response.Headers, content.Headers);
        }
    }

    protected sealed record Reply(
        HttpStatusCode Status, string ContentType, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
    {
        public int Code => Envelope.GetProperty("code").GetInt32();

        public string? Message => Envelope.GetProperty("message").GetString();

        public string? TraceId => Envelope.GetProperty("x-traceID").GetString();

        private JsonElement Envelope => JsonElement.Parse(Body);
    }
}
