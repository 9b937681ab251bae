using Newtonsoft.Json;

namespace Pan123;

/// <summary>JSON on the wire, independent of what the host application does to <c>JsonConvert.DefaultSettings</c> or its culture.</summary>
internal static class Pan123Json
{
    public static byte[] Serialize(IRequestBody body)
    {
        using var text = new PooledWriter();
        using var json = new JsonTextWriter(text) { ArrayPool = PooledChars.Instance, CloseOutput = false };
        body.WriteTo(json);
        return text.ToUtf8();
    }

    // A message that looks like a date is still a message.
    public static JsonTextReader CreateReader(byte[] json) =>
        new(new PooledReader(json)) { ArrayPool = PooledChars.Instance, DateParseHandling = DateParseHandling.None };
}
