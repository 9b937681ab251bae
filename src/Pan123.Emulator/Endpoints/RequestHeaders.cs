using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary>The headers that every endpoint asks for.</summary>
internal static class RequestHeaders
{
    /// <summary>Tells what is wrong with them; null if nothing is.</summary>
    public static string? FindProblem(HttpRequest request)
    {
        if (request.Headers["Platform"] != "open_platform")
        {
            return "Platform must be 'open_platform'";
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var contentType)
            && string.Equals(contentType.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
            ? null
            : "Content-Type must be 'application/json'";
    }
}
