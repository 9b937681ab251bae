using System.Text.Json.Serialization;

namespace Pan123.Benchmarks;

/// <summary>The types of those that have none of their own.</summary>
internal sealed record DeleteBody([property: JsonPropertyName("fileIDs")] long[] FileIds);

/// <inheritdoc cref="DeleteBody" />
internal sealed record DeleteResponse(
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("data")] object? Data,
    [property: JsonPropertyName("x-traceID")] string? TraceId)
{
    public string? TraceIdOrThrow() => Code == 0 ? TraceId : throw new RejectedException(Code, Message, TraceId);
}

[JsonSerializable(typeof(DeleteBody))]
[JsonSerializable(typeof(DeleteResponse))]
internal sealed partial class WireContext : JsonSerializerContext;

internal sealed class RejectedException(int code, string? message, string? traceId) : Exception($"Rejected: {message} (code {code}, trace ID {traceId}).");
