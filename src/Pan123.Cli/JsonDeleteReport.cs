using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pan123.Cli;

/// <summary>For programs: one object a line, with stable names, documented in the README.</summary>
internal sealed partial class JsonDeleteReport(TextWriter output) : DeleteReport
{
    public override void Deleted(IReadOnlyList<long> fileIds, string? traceId) => Write(new Line("deleted", fileIds) { TraceId = traceId });

    public override void Rejected(IReadOnlyList<long> fileIds, Pan123ApiException rejection) => Write(new Line("rejected", fileIds)
    {
        TraceId = rejection.TraceId,
        HttpStatus = (int?)rejection.HttpStatus,
        Code = (int?)rejection.Code,
        Message = rejection.ApiMessage ?? rejection.Message,
    });

    public override void NotSent(IReadOnlyList<long> fileIds, string message) => Write(new Line("notSent", fileIds) { Message = message });

    public override void Unknown(IReadOnlyList<long> fileIds, string message) => Write(new Line("unknown", fileIds) { Message = message });

    private void Write(Line line) => output.WriteLine(JsonSerializer.Serialize(line, LineJson.Default.Line));

    private sealed record Line(string Outcome, IReadOnlyList<long> FileIds)
    {
        public string? TraceId { get; init; }

        public int? HttpStatus { get; init; }

        public int? Code { get; init; }

        public string? Message { get; init; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Line))]
    private sealed partial class LineJson : JsonSerializerContext;
}
