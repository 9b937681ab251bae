using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary><c>POST /api/v1/access_token</c>: issues an access token for a client ID and secret.</summary>
internal sealed class AccessTokenEndpoint(Pan123EmulatorOptions options, EmulatedTokens tokens) : IEndpoint
{
    // The platform writes the time of China, whatever the client's time zone.
    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);

    public string Path => Pan123Emulator.AccessTokenPath;

    public bool IsAuthorized => false;

    public FileOperation Operation => FileOperation.Delete;

    public EndpointResult Handle(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (!AccessTokenBody.TryRead(body, out var credentials, out var bodyProblem))
        {
            return EndpointResult.Rejected(bodyProblem);
        }

        // One message for both, which reveals neither what was sent nor which of the two was right.
        return credentials == (options.ClientId, options.ClientSecret)
            ? EndpointResult.Success([], Data(tokens.Issue()))
            : EndpointResult.Rejected("clientID or clientSecret is wrong");
    }

    private static JsonObject Data(IssuedToken token) => new()
    {
        ["accessToken"] = token.AccessToken,
        ["expiredAt"] = token.ExpiresAt.ToOffset(ChinaStandardTime).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
    };
}
