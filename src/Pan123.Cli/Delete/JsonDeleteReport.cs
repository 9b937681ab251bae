using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>For programs: one object a line for each batch, with stable names, documented in the README.</summary>
internal sealed partial class JsonDeleteReport(IAnsiConsole console) : DeleteReport
{
    // The service's words are often Chinese, and a terminal reads what a web page must not.
    private static readonly LineJson Json = new(new JsonSerializerOptions(LineJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public override void Planned(DeletePlan plan)
    {
        foreach (var batch in plan.DeletedEarlier)
        {
            DeletedEarlier(batch);
        }

        var why = new Pan123NotSentException("a dry run.", innerException: null);
        foreach (var batch in plan.Parts.SelectMany(part => part.Chunk(DeleteFilesRequest.FileIDsMaxItems)))
        {
            Ended(plan.NotSent(batch, why));
        }
    }

    public override void DeletedEarlier(DeletedEarlier batch) =>
        Write(new Line(DeleteOutcome.Deleted, batch.FileIds) { TraceId = batch.TraceId, Earlier = true });

    public override void Ended(DeleteBatchResult result) => Write(new Line(result.Outcome, result.FileIds)
    {
        TraceId = result.TraceId,
        HttpStatus = (int?)(result.Error as Pan123Exception)?.HttpStatus,
        Code = (int?)(result.Error as Pan123ApiException)?.Code,
        Message = (result.Error as Pan123ApiException)?.ApiMessage ?? result.Error?.Message,
    });

    public override void Close(DeleteTotals totals)
    {
        // Whoever reads the lines can count.
    }

    // Past the console, which would break a long line at the edge of the screen.
    private void Write(Line line) => console.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(line, Json.Line));

    private sealed record Line(DeleteOutcome Outcome, IReadOnlyList<long> FileIds)
    {
        public bool? Earlier { get; init; }

        public string? TraceId { get; init; }

        public int? HttpStatus { get; init; }

        public int? Code { get; init; }

        public string? Message { get; init; }
    }

    private sealed class OutcomeConverter() : JsonStringEnumConverter<DeleteOutcome>(JsonNamingPolicy.CamelCase);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(OutcomeConverter)])]
    [JsonSerializable(typeof(Line))]
    private sealed partial class LineJson : JsonSerializerContext;
}
