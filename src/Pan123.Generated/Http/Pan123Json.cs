using Newtonsoft.Json;

namespace Pan123;

/// <summary>JSON from the wire, independent of what the host application does to <c>JsonConvert.DefaultSettings</c> or its culture.</summary>
internal static class Pan123Json
{
    // A message that looks like a date is still a message.
    public static JsonTextReader CreateReader(byte[] json) =>
        new(new PooledReader(json)) { ArrayPool = PooledChars.Instance, DateParseHandling = DateParseHandling.None };
}
