using Microsoft.Extensions.DependencyInjection;

namespace Pan123.Tests;

/// <summary>That a test cannot pass on a request that the specification forbids, whatever it is sent through.</summary>
public sealed class RequestWatchTests() : EmulatorFixture(1, 2)
{
    [Test]
    public async Task A_forbidden_request_over_real_HTTP_is_seen() =>
        Assert.That(await SendAsync(request => request.Headers.Remove("Platform")), Has.Some.EndsWith("/api/v1/file/delete: The parameter Platform is missing."));

    [Test]
    public async Task A_forbidden_request_to_a_transport_of_the_test_is_seen()
    {
        using var service = new MockedTransport();

        Assert.That(await SendAsync(request => request.Headers.Remove("Platform"), service), Has.Some.EndsWith("/api/v1/file/delete: The parameter Platform is missing."));
    }

    [Test]
    public async Task A_forbidden_body_is_seen()
    {
        using var client = new HttpClient();
        using var request = new ApiRequest("deleteFiles", HttpMethod.Post, new Uri(Emulator.BaseAddress, "api/v1/file/delete"), new DeleteFilesRequest());

        // Without the client, whose guard would not let it go.
        using var response = await client.SendAsync(request);

        Assert.That(RequestWatch.TakeProblems(), Has.Some.Contain("ArrayMinItems").Or.Some.Contain("TooFewItems"));
    }

    [Test]
    public async Task A_good_request_is_judged_and_passes()
    {
        var before = RequestWatch.JudgedCount;

        var problems = await SendAsync(_ => { });

        Assert.That((problems.Count, RequestWatch.JudgedCount > before), Is.EqualTo((0, true)));
    }

    // Takes what was seen, which would fail the test at its end.
    private async Task<IReadOnlyList<string>> SendAsync(Action<HttpRequestMessage> change, HttpMessageHandler? transport = null)
    {
        using var client = Pan123Client.Create(
            new Pan123ClientOptions { BaseAddress = Emulator.BaseAddress, AccessToken = Emulator.AccessToken, MaxRetries = 0 },
            builder =>
            {
                builder.AddHttpMessageHandler(() => new Meddler(change));
                if (transport is not null)
                {
                    builder.SendTo(transport);
                }
            });

        try
        {
            await client.DeleteFilesAsync([1]);
        }
        catch (Pan123Exception)
        {
            // What the service says of it is not what the test is about.
        }

        return RequestWatch.TakeProblems();
    }

    private sealed class Meddler(Action<HttpRequestMessage> change) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            change(request);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class MockedTransport : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return new HttpResponseMessage { Content = new StringContent(FakeService.Success) };
        }
    }
}
