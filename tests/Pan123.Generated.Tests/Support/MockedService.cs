using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RichardSzalay.MockHttp;

namespace Pan123.Tests;

public sealed class MockedService : FakeService
{
    private readonly MockHttpMessageHandler _http = new();
    private readonly List<string> _bodies = [];
    private readonly StandalonePan123Client _client;
    // MockHttp lets a request hang whose answer throws, so a test that set none gets one that it does not expect.
    private Func<HttpResponseMessage> _answer = () => new HttpResponseMessage(HttpStatusCode.NotImplemented);

    public MockedService()
    {
        _http.When("*").Respond(async request =>
        {
            _bodies.Add(await request.Content!.ReadAsStringAsync());
            return _answer();
        });
        _client = Pan123Client.Create(
            new Pan123ClientOptions { AccessToken = AccessToken, MaxRetries = 0 }, builder => builder.SendTo(_http));
    }

    public override IPan123Client Client => _client;

    public override IReadOnlyList<string> Bodies => _bodies;

    public override Task StartAsync() => Task.CompletedTask;

    public override void Answer(HttpStatusCode status, string contentType, string body) =>
        _answer = () => new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, contentType) };

    public override ValueTask DisposeAsync()
    {
        _client.Dispose();
        _http.Dispose();
        return default;
    }
}
