using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pan123.Emulator;

/// <summary>The JSON object that wraps every response of the platform.</summary>
internal static class Envelope
{
    public const string ContentType = "application/json; charset=utf-8";

    // The service's messages are often Chinese, and are not escaped.
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(int code, string message, JsonObject? data, string traceId)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Unescaped))
        {
            json.WriteStartObject();
            json.WriteNumber("code", code);
            json.WriteString("message", message);
            json.WritePropertyName("data");
            if (data is null)
            {
                json.WriteNullValue();
            }
            else
            {
                data.WriteTo(json);
            }

            json.WriteString("x-traceID", traceId);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
