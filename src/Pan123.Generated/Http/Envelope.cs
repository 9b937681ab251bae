namespace Pan123;

/// <summary>
/// The wrapper of every response of the service: <c>code</c> 0 for success, any other for an error. It decides whether files count as
/// deleted, so it is read strictly: System.Text.Json accepts only the JSON of
/// <see href="https://datatracker.ietf.org/doc/html/rfc8259">RFC 8259</see>, and this type only an envelope that has each name once and in
/// its exact case.
/// </summary>
internal readonly record struct Envelope(int Code, string? Message, JsonElement? Data, string? TraceId)
{
    private static readonly string[] Names = ["code", "message", "data", "x-traceID"];

    private static readonly byte[][] Utf8Names = [.. Names.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a code is an HTTP status, such as 401 or 429: then it concerns the request, not its content.</summary>
    public static bool IsHttpStatus(int code) => code is >= 400 and < 600;

    /// <exception cref="JsonException">It is not an envelope; the message is a sentence that says why, and quotes nothing.</exception>
    public static Envelope Read(byte[] body)
    {
        try
        {
            // The reader below validates a string only when it is read.
            StrictUtf8.GetCharCount(body);

            var json = body.AsSpan();
            return ReadObject(json.StartsWith(ByteOrderMark) ? json.Slice(ByteOrderMark.Length) : json);
        }
        catch (Exception malformed) when (malformed is DecoderFallbackException or InvalidOperationException or JsonException { LineNumber: not null })
        {
            // With our own message, because the reader's quotes what it read.
            throw new JsonException("It is not JSON.", malformed);
        }
    }

    /// <exception cref="JsonException">The data is not as documented.</exception>
    public T? ReadData<T>(Func<JsonElement, T> read)
        where T : class => Data is { } data ? read(data) : null;

    private static Envelope ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject, "It is not a JSON object.");

        int? code = null;
        string? message = null, traceId = null, invalid = null;
        JsonElement? data = null;
        var seen = 0;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = FindName(ref reader, out var isExact);
            var (name, flag) = (index < 0 ? null : Names[index], 1 << index);
            var isClear = name is null || (isExact && (seen & flag) == 0);
            seen |= flag;
            reader.Read();

            switch (isClear ? name : "", reader.TokenType)
            {
                case (null, _) or ("data", JsonTokenType.Null):
                    break;
                case ("code", JsonTokenType.Number) when reader.TryGetInt32(out var number):
                    code = number;
                    break;
                case ("message", JsonTokenType.String):
                    message = reader.GetString();
                    break;
                case ("x-traceID", JsonTokenType.String):
                    traceId = reader.GetString();
                    break;
                case ("data", JsonTokenType.StartObject):
                    data = JsonElement.ParseValue(ref reader);
                    break;
                default:
                    Require(name != "code", isClear ? "Its 'code' is not a 32-bit integer." : "It has 'code' more than once, or in another case.");
                    invalid ??= name;
                    break;
            }

            reader.Skip();
        }

        // To the end of the body: anything after the object is invalid JSON.
        reader.Read();

        // A rejection counts whatever else is wrong with it; a success must be as documented in every part.
        Require(code is null or not 0 || invalid is null, $"Its '{invalid}' is not as documented.");
        Require(code is null or not 0 || message is not null, "It has no 'message'.");
        return new Envelope(code ?? throw new JsonException("It has no 'code'."), message, data, traceId);
    }

    private static int FindName(ref Utf8JsonReader reader, out bool isExact)
    {
        for (var index = 0; index < Utf8Names.Length; index++)
        {
            if (reader.ValueTextEquals(Utf8Names[index]))
            {
                isExact = true;
                return index;
            }
        }

        isExact = false;
        return FindInAnyCase(reader.GetString());
    }

    private static int FindInAnyCase(string? text) => Array.FindIndex(Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new JsonException(otherwise);
        }
    }
}
