namespace Pan123;

/// <summary>
/// Reads the payload of a response, as strictly as the envelope around it, and without reflection, so that trimming and native AOT are safe.
/// An error names the documented property and never quotes its value. Only generated code calls it, for the types that the specification's
/// payloads have: TemplateCoverageTests tests it with a payload that has them all.
/// </summary>
internal static class Payload
{
    // The offset is required, or the time zone would be a guess: https://datatracker.ietf.org/doc/html/rfc3339#section-5.6
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public static T Required<T>(JsonElement payload, string name, Func<JsonElement, T> read) =>
        Find(payload, name) is { } value ? Read(value, name, read) : throw new JsonException($"Its data has no '{name}'.");

    public static T? Optional<T>(JsonElement payload, string name, Func<JsonElement, T> read)
        where T : class => Find(payload, name) is { } value ? Read(value, name, read) : null;

    public static T? OptionalValue<T>(JsonElement payload, string name, Func<JsonElement, T> read)
        where T : struct => Find(payload, name) is { } value ? Read(value, name, read) : null;

    public static Func<JsonElement, IReadOnlyList<T>> ListOf<T>(Func<JsonElement, T> read) => value => [.. value.EnumerateArray().Select(read)];

    public static string String(JsonElement value) => value.GetString() ?? throw new FormatException();

    public static bool Boolean(JsonElement value) => value.GetBoolean();

    public static long Int64(JsonElement value) => value.GetInt64();

    public static int Int32(JsonElement value) => value.GetInt32();

    public static DateTimeOffset Time(JsonElement value) =>
        DateTimeOffset.ParseExact(String(value), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static T Read<T>(JsonElement value, string name, Func<JsonElement, T> read)
    {
        try
        {
            return read(value);
        }
        catch (Exception unexpected) when (unexpected is InvalidOperationException or FormatException)
        {
            throw new JsonException($"Its '{name}' is not as documented.", unexpected);
        }
    }

    private static JsonElement? Find(JsonElement payload, string name) =>
        payload.ValueKind != JsonValueKind.Object ? throw new FormatException()
        : payload.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
