using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pan123.Cli;

/// <summary>A line of a journal, after the first one.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Batch">The batch's number, from 1 and over all runs of the journal.</param>
/// <param name="State">The state of the batch.</param>
internal sealed record JournalEntry(DateTimeOffset Time, int Batch, JournalState State)
{
    /// <summary>Its files, when it is about to be sent; otherwise null.</summary>
    public IReadOnlyList<long>? FileIds { get; init; }

    /// <summary>The trace ID of the response; null if it had none, or none came.</summary>
    public string? TraceId { get; init; }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(JournalStateConverter)])]
[JsonSerializable(typeof(JournalHeader))]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
