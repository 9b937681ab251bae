using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary>The checks of every endpoint before it reads the body.</summary>
internal sealed class RequestCheck(Pan123EmulatorOptions options, EmulatedTokens tokens)
{
    private const string Bearer = "Bearer ";

    /// <summary>Rejects a request with a wrong header; null if nothing is wrong.</summary>
    public EndpointResult? Reject(IEndpoint endpoint, HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (endpoint.IsAuthorized && FindAuthorizationProblem(request) is { } problem)
        {
            return EndpointResult.Rejected(ResponseCode.InvalidAccessToken, problem);
        }

        if (request.Headers["Platform"] != "open_platform")
        {
            return EndpointResult.Rejected("Platform must be 'open_platform'");
        }

        // The documentation's examples have the type also where there is no body, which HttpClient cannot send.
        if (HttpMethods.IsGet(endpoint.Method))
        {
            return body.IsEmpty ? null : EndpointResult.Rejected("a GET request must not have a body");
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var contentType)
            && string.Equals(contentType.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
            ? null
            : EndpointResult.Rejected("Content-Type must be 'application/json'");
    }

    private string? FindAuthorizationProblem(HttpRequest request)
    {
        const string Problem = "Authorization must be 'Bearer ' and the emulator's access token";

        // A header that was sent twice is joined by a comma, which no token contains.
        var authorization = $"{request.Headers.Authorization}";
        if (!authorization.StartsWith(Bearer, StringComparison.Ordinal))
        {
            return Problem;
        }

        var accessToken = authorization[Bearer.Length..];
        return accessToken == options.AccessToken || tokens.IsActive(accessToken, out var rejection) ? null : rejection ?? Problem;
    }
}
