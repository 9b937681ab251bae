using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Pan123;

/// <summary>
/// Reads the payload of an answer, as strictly as the envelope around it: Json.NET by itself would take "5" for 5 and a name in another
/// case. And without reflection, so that trimming and compiling ahead of time lose nothing.
/// </summary>
internal static class Payload
{
    // RFC 3339: without its offset a time would be taken for the machine's own.
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public static T Required<T>(JToken payload, string name, Func<JToken, T> read) =>
        Find(payload, name) is { } value ? read(value) : throw new JsonException($"Its '{PathOf(payload)}' has no '{name}'.");

    public static T? Optional<T>(JToken payload, string name, Func<JToken, T> read)
        where T : class => Find(payload, name) is { } value ? read(value) : null;

    public static T? OptionalValue<T>(JToken payload, string name, Func<JToken, T> read)
        where T : struct => Find(payload, name) is { } value ? read(value) : null;

    public static Func<JToken, IReadOnlyList<T>> ListOf<T>(Func<JToken, T> read) => value => value is JArray items ? [.. items.Select(read)] : throw Unexpected(value);

    public static string String(JToken value) => value is JValue { Value: string text } ? text : throw Unexpected(value);

    public static bool Boolean(JToken value) => value is JValue { Value: bool truth } ? truth : throw Unexpected(value);

    public static long Int64(JToken value) => value is JValue { Value: long number } ? number : throw Unexpected(value);

    public static int Int32(JToken value) => value is JValue { Value: long and >= int.MinValue and <= int.MaxValue and var number } ? (int)number : throw Unexpected(value);

    public static DateTimeOffset Time(JToken value) =>
        DateTimeOffset.TryParseExact(String(value), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : throw Unexpected(value);

    private static JToken? Find(JToken payload, string name)
    {
        var value = (payload as JObject ?? throw Unexpected(payload))[name];
        return value is { Type: not JTokenType.Null } ? value : null;
    }

    private static JsonException Unexpected(JToken value) => new($"Its '{PathOf(value)}' is not as documented.");

    private static string PathOf(JToken value) => value.Path.Length == 0 ? "data" : $"data.{value.Path}";
}
