using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pan123.Cli;

/// <summary>The credentials of an account, as they are stored in a file.</summary>
internal sealed record Profile(string ClientId, string ClientSecret)
{
    // The one that is generated would show the secret.
    public override string ToString() => ClientId;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Profile))]
internal sealed partial class ProfileJson : JsonSerializerContext;
