using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pan123.Cli;

/// <summary>JSON that people read too.</summary>
internal static class ReadableJson
{
    /// <summary>The same options, but with Chinese as it is: names and the service's words often are, and a terminal reads what a web page must not.</summary>
    public static JsonSerializerOptions Of(JsonSerializerOptions options) => new(options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
