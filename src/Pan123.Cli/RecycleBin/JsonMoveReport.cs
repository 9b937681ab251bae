using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Pan123.Cli;

/// <summary>For programs: one line of JSON for each outcome in a batch, and one with the totals, like a deletion.</summary>
internal sealed partial class JsonMoveReport(TextWriter writer) : MoveReport
{
    private static readonly MoveJson Json = new(ReadableJson.Of(MoveJson.Default.Options));

    public override void Close(string? profile, TimeSpan elapsed) => Write(
        new MoveEnd(new MoveSummary(
            this[MoveOutcome.Trashed],
            this[MoveOutcome.Recovered],
            this[MoveOutcome.NotRecovered],
            this[MoveOutcome.Rejected],
            this[MoveOutcome.Unknown],
            this[MoveOutcome.NotSent],
            ExitCode,
            Math.Round(elapsed.TotalSeconds, 3),
            profile)),
        Json.MoveEnd);

    protected override void Ended(MoveResult result) => Write(
        new MoveLine(
            result.Outcome,
            result.FileIds,
            result.TraceId,
            (int?)(result.Error as Pan123Exception)?.StatusCode,
            (int?)(result.Error as Pan123ApiException)?.Code,
            (result.Error as Pan123ApiException)?.ApiMessage ?? result.Reason),
        Json.MoveLine);

    private void Write<T>(T line, JsonTypeInfo<T> type) => writer.WriteLine(JsonSerializer.Serialize(line, type));

    private sealed record MoveLine(MoveOutcome Outcome, IReadOnlyList<long> FileIds, string? TraceId, int? HttpStatus, int? Code, string? Message);

    private sealed record MoveEnd(MoveSummary Summary);

    private sealed record MoveSummary(
        long Trashed, long Recovered, long NotRecovered, long Rejected, long Unknown, long NotSent, int ExitCode, double ElapsedSeconds, string? Profile);

    private sealed class OutcomeConverter() : JsonStringEnumConverter<MoveOutcome>(JsonNamingPolicy.CamelCase);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(OutcomeConverter)])]
    [JsonSerializable(typeof(MoveLine))]
    [JsonSerializable(typeof(MoveEnd))]
    private sealed partial class MoveJson : JsonSerializerContext;
}
