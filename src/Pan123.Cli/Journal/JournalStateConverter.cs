using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pan123.Cli;

/// <summary>Reads a state only as it is written. The platform's converter of enums ignores case.</summary>
internal sealed class JournalStateConverter : JsonConverter<JournalState>
{
    private static readonly Dictionary<string, JournalState> States = Enum.GetValues<JournalState>().ToDictionary(GetName, StringComparer.Ordinal);

    public override JournalState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && States.TryGetValue(reader.GetString()!, out var state) ? state : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, JournalState value, JsonSerializerOptions options) => writer.WriteStringValue(GetName(value));

    private static string GetName(JournalState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
