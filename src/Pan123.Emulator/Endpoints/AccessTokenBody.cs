using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Pan123.Emulator;

/// <summary>Reads the body <c>{"clientID": "…", "clientSecret": "…"}</c>, strictly.</summary>
internal static class AccessTokenBody
{
    /// <summary>Reads the credentials.</summary>
    /// <param name="body">The body, which must be UTF-8.</param>
    /// <param name="credentials">The credentials; null if the body is not as documented.</param>
    /// <param name="problem">What is wrong with the body, without quoting it; null if nothing is.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out (string ClientId, string ClientSecret)? credentials,
        [NotNullWhen(false)] out string? problem)
    {
        credentials = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            problem = Read(document.RootElement, out credentials);
        }
        catch (JsonException)
        {
            // The exception's message may quote the body, and so a secret that lost its quotation marks.
            problem = "the body is not JSON";
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate, or bytes that are not UTF-8, are detected only when the string is read.
            problem = "clientID and clientSecret must be Unicode";
        }

        return problem is null;
    }

    private static string? Read(JsonElement root, out (string ClientId, string ClientSecret)? credentials)
    {
        credentials = null;

        // The count includes duplicate properties, of which a lenient reader would take the last.
        if (root.ValueKind != JsonValueKind.Object
            || root.GetPropertyCount() != 2
            || !root.TryGetProperty("clientID", out var clientId)
            || !root.TryGetProperty("clientSecret", out var clientSecret))
        {
            return "the body must be an object with the properties clientID and clientSecret, each once, and no other";
        }

        if (clientId.ValueKind != JsonValueKind.String || clientSecret.ValueKind != JsonValueKind.String)
        {
            return "clientID and clientSecret must be strings";
        }

        credentials = (clientId.GetString()!, clientSecret.GetString()!);
        return null;
    }
}
