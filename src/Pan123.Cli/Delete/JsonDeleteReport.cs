using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Pan123.Cli;

/// <summary>For programs: one line of JSON for each batch, and one with the totals, with stable names that the README documents.</summary>
internal sealed partial class JsonDeleteReport(TextWriter writer) : DeleteReport
{
    private static readonly LineJson Json = new(ReadableJson.Of(LineJson.Default.Options));

    public override void DryRun(DeletePlan plan, TimeSpan elapsed)
    {
        var totals = new DeleteTotals();
        foreach (var batch in plan.DeletedEarlier)
        {
            totals.Add(batch);
            DeletedEarlier(batch);
        }

        var why = new Pan123NotSentException("this is a dry run.", innerException: null);
        foreach (var batch in plan.Segments.SelectMany(segment => segment.Chunk(DeleteFilesRequest.FileIdsMaxItems)))
        {
            var result = plan.NotSent(batch, why);
            totals.Add(result);
            Ended(result);
        }

        Close(totals, ExitCode.Success, elapsed);
    }

    public override void DeletedEarlier(DeletedEarlier batch) =>
        Write(new Batch(DeleteOutcome.Deleted, batch.FileIds) { TraceId = batch.TraceId, Earlier = true }, Json.Batch);

    public override void Ended(DeleteBatchResult result) => Write(
        new Batch(result.Outcome, result.FileIds)
        {
            Confirmed = result.IsConfirmed ? true : null,
            TraceId = result.TraceId,
            HttpStatus = (int?)(result.Error as Pan123Exception)?.StatusCode,
            Code = (int?)(result.Error as Pan123ApiException)?.Code,
            Message = (result.Error as Pan123ApiException)?.ApiMessage ?? (result.Error as Pan123NotSentException)?.Reason ?? result.Error?.Message,
        },
        Json.Batch);

    public override void Close(DeleteTotals totals, int exitCode, TimeSpan elapsed) => Write(
        new End
        {
            Summary = new Summary(
                totals[DeleteOutcome.Deleted] + totals.DeletedEarlier,
                totals.DeletedEarlier,
                totals[DeleteOutcome.Rejected],
                totals[DeleteOutcome.Unknown],
                totals[DeleteOutcome.NotSent],
                exitCode,
                Math.Round(elapsed.TotalSeconds, 3),
                Profile),
        },
        Json.End);

    /// <summary>The run ended before it began.</summary>
    public void Fail(string message, int exitCode) => Write(new End { Error = new Error(message, exitCode) }, Json.End);

    private void Write<T>(T line, JsonTypeInfo<T> type) => writer.WriteLine(JsonSerializer.Serialize(line, type));

    private sealed record Batch(DeleteOutcome Outcome, IReadOnlyList<long> FileIds)
    {
        public bool? Earlier { get; init; }

        public bool? Confirmed { get; init; }

        public string? TraceId { get; init; }

        public int? HttpStatus { get; init; }

        public int? Code { get; init; }

        public string? Message { get; init; }
    }

    /// <summary>The last line: one or the other.</summary>
    private sealed record End
    {
        public Summary? Summary { get; init; }

        public Error? Error { get; init; }
    }

    private sealed record Summary(long Deleted, long Earlier, long Rejected, long Unknown, long NotSent, int ExitCode, double ElapsedSeconds, string? Profile);

    private sealed record Error(string Message, int ExitCode);

    private sealed class OutcomeConverter() : JsonStringEnumConverter<DeleteOutcome>(JsonNamingPolicy.CamelCase);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(OutcomeConverter)])]
    [JsonSerializable(typeof(Batch))]
    [JsonSerializable(typeof(End))]
    private sealed partial class LineJson : JsonSerializerContext;
}
