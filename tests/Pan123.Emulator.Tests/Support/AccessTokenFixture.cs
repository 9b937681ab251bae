using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pan123.Emulator.Tests;

/// <summary>What the fixtures share that ask for access tokens.</summary>
public abstract class AccessTokenFixture : EmulatorFixture
{
    protected const string TokenPath = "/api/v1/access_token";

    protected SteppedClock Clock { get; init; } = new();

    protected override Pan123EmulatorOptions Options => new() { TimeProvider = Clock };

    protected static string Credentials(
        string clientId = Pan123EmulatorOptions.DefaultClientId, string clientSecret = Pan123EmulatorOptions.DefaultClientSecret) =>
        $$"""{"clientID":"{{clientId}}","clientSecret":"{{clientSecret}}"}""";

    /// <summary>A request as documented, for tests to bend.</summary>
    protected static HttpRequestMessage TokenRequest(string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, new Uri(TokenPath, UriKind.Relative))
        {
            Headers = { { "Platform", "open_platform" } },
            Content = content,
        };
    }

    protected static string? DataOf(Reply reply, string property)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return JsonElement.Parse(reply.Body).GetProperty("data").GetProperty(property).GetString();
    }

    protected async Task<string> IssueAsync() => DataOf(await SendAsync(TokenRequest(Credentials())), "accessToken")!;

    /// <summary>Sends a token along with a request that deletes nothing.</summary>
    protected Task<Reply> UseAsync(string accessToken) => SendAsync(DeleteRequest(Body(), accessToken));

    /// <summary>The token was let pass when something else is complained about.</summary>
    protected async Task<string?> RefusalOfAsync(string accessToken) =>
        await UseAsync(accessToken) is { Code: 401 } reply ? reply.Message : null;
}
