using System.Text;
using Newtonsoft.Json;

namespace Pan123;

/// <summary>JSON on the wire, independent of what the host application does to <c>JsonConvert.DefaultSettings</c> or its culture.</summary>
internal static class Pan123Json
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    // Create, and not CreateDefault, which obeys JsonConvert.DefaultSettings. A serializer is safe for concurrent use.
    private static readonly JsonSerializer Serializer = JsonSerializer.Create();

    public static byte[] Serialize(object value)
    {
        using var stream = new MemoryStream();
        using (var writer = new JsonTextWriter(new StreamWriter(stream, Utf8)))
        {
            Serializer.Serialize(writer, value);
        }

        return stream.ToArray();
    }

    /// <exception cref="JsonException">The JSON is malformed, or not of this type.</exception>
    public static T Deserialize<T>(byte[] json)
    {
        using var reader = CreateReader(json);
        return Serializer.Deserialize<T>(reader) ?? throw new JsonSerializationException($"It is null and not a {typeof(T).Name}.");
    }

    // A message that looks like a date is still a message.
    public static JsonTextReader CreateReader(byte[] json) =>
        new(new StreamReader(new MemoryStream(json, writable: false), Utf8)) { DateParseHandling = DateParseHandling.None };
}
