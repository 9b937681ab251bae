using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Pan123;

/// <summary>
/// What every answer of the service is wrapped in: <c>code</c> 0 for success, any other for an error. It decides whether files
/// count as deleted, so it is read strictly: Json.NET by itself would match <c>Code</c> to <c>code</c>, take the last of two,
/// read "0" as 0 and pass over what follows the object.
/// </summary>
internal readonly record struct Envelope(int Code, string? Message, JToken? Data, string? TraceId)
{
    private const string CodeName = "code";
    private const string MessageName = "message";
    private const string DataName = "data";
    private const string TraceIdName = "x-traceID";

    private static readonly string[] Names = [CodeName, MessageName, DataName, TraceIdName];

    private static readonly DefaultJsonNameTable NameTable = CreateNameTable();

    /// <summary>Whether a code is an HTTP status, as 401 and 429 are: then it is about the request, and not about what is in it.</summary>
    public static bool IsHttpStatus(int code) => code is >= 400 and < 600;

    /// <exception cref="JsonException">It is no envelope; the message is a sentence that says why.</exception>
    public static Envelope Read(byte[] json)
    {
        using var reader = Pan123Json.CreateReader(json);
        reader.PropertyNameTable = NameTable;
        Expect(reader.Read() && reader.TokenType == JsonToken.StartObject, "It is not a JSON object.");

        int? code = null;
        string? message = null, traceId = null, misfit = null;
        JToken? data = null;
        var seen = 0;

        while (reader.Read() && reader.TokenType == JsonToken.PropertyName)
        {
            // Json.NET also takes names in single quotes, or in none.
            Expect(reader.QuoteChar == '"', "It is not JSON.");

            var name = (string)reader.Value!;
            var known = Find(name);
            var flag = known is null ? 0 : 1 << Array.IndexOf(Names, known);
            var isClear = known is null || ((seen & flag) == 0 && known == name);
            seen |= flag;
            Expect(reader.Read(), "It ends too early.");

            switch (isClear ? name : "", reader.TokenType)
            {
                case (CodeName, _):
                    code = ToInt32(reader);
                    break;
                case (MessageName, JsonToken.String):
                    message = (string?)reader.Value;
                    break;
                case (TraceIdName, JsonToken.String):
                    traceId = (string?)reader.Value;
                    break;
                case (DataName, JsonToken.StartObject):
                    data = JToken.Load(reader);
                    break;
                case (DataName, JsonToken.Null):
                    break;
                default:
                    Expect(known != CodeName, "It has 'code' more than once, or in another case.");
                    misfit ??= known;
                    break;
            }

            reader.Skip();
        }

        Expect(reader.TokenType == JsonToken.EndObject, "It ends too early.");
        Expect(!reader.Read(), "Something follows the JSON object.");
        Expect(code is not null, "It has no 'code'.");

        // A refusal is one whatever else is odd about it; a success is as documented in every part.
        return code == 0 && misfit is not null
            ? throw new JsonException($"Its '{misfit}' is not as documented.")
            : new Envelope(code.Value, message, data, traceId);
    }

    /// <exception cref="JsonException">It is not as documented.</exception>
    public T? ReadData<T>(Func<JToken, T> read)
        where T : class => Data is null ? null : read(Data);

    /// <summary>The message of a success, which has one.</summary>
    /// <exception cref="JsonException">There is none.</exception>
    public string RequireMessage() => Message ?? throw new JsonException("It has no 'message'.");

    // So that a reader makes no string of a name that is known.
    private static DefaultJsonNameTable CreateNameTable()
    {
        var table = new DefaultJsonNameTable();
        Array.ForEach(Names, name => table.Add(name));
        return table;
    }

    private static string? Find(string name)
    {
        foreach (var known in Names)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return known;
            }
        }

        return null;
    }

    private static int ToInt32(JsonReader reader)
    {
        Expect(
            reader is { TokenType: JsonToken.Integer, Value: long and >= int.MinValue and <= int.MaxValue }, "Its 'code' is not a 32-bit integer.");
        return Convert.ToInt32(reader.Value, CultureInfo.InvariantCulture);
    }

    private static void Expect([DoesNotReturnIf(false)] bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new JsonException(otherwise);
        }
    }
}
