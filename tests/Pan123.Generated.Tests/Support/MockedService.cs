using System.Net;
using System.Text;
using RichardSzalay.MockHttp;

namespace Pan123.Tests;

/// <summary>Expects one request for each response that a test prepares, with the address and headers that the platform documents.</summary>
public sealed class MockedService : FakeService
{
    private readonly MockHttpMessageHandler _http = new();
    private readonly List<string> _bodies = [];
    private readonly StandalonePan123Client _client;

    public MockedService()
    {
        // Any other request gets a status that no test prepares: MockHttp would let it hang if this threw.
        _http.Fallback.Respond(request => RespondAsync(request, new HttpResponseMessage(HttpStatusCode.NotImplemented)));
        _client = Pan123Client.Create(
            new Pan123ClientOptions { AccessToken = AccessToken, MaxRetries = 0 }, builder => builder.SendTo(_http));
    }

    public override IPan123Client Client => _client;

    public override IReadOnlyList<string> Bodies => _bodies;

    public override Task StartAsync() => Task.CompletedTask;

    public override void Answer(HttpStatusCode status, string contentType, string body) =>
        _http.Expect(HttpMethod.Post, "https://open-api.123pan.com/api/v1/file/delete")
            .WithHeaders("Authorization", $"Bearer {AccessToken}")
            .WithHeaders("Platform", "open_platform")
            .WithHeaders("Content-Type", "application/json")
            .Respond(request => RespondAsync(request, new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, contentType) }));

    public override ValueTask DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();

        // A test whose response was not requested has not tested it.
        _http.VerifyNoOutstandingExpectation();
        return default;
    }

    private async Task<HttpResponseMessage> RespondAsync(HttpRequestMessage request, HttpResponseMessage response)
    {
        _bodies.Add(await request.Content!.ReadAsStringAsync());
        return response;
    }
}
