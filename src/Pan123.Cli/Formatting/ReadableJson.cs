using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pan123.Cli;

/// <summary>JSON that people read too.</summary>
internal static class ReadableJson
{
    /// <summary>The same options, except that Chinese is not escaped: names and the service's messages are often Chinese, and the escapes protect only web pages.</summary>
    public static JsonSerializerOptions Of(JsonSerializerOptions options) => new(options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
