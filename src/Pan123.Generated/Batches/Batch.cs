namespace Pan123;

/// <summary>Files for one request.</summary>
/// <param name="FileIds">Their IDs.</param>
/// <param name="Rejection">The verdict on the larger batch that they were split off; null when they were not sent before.</param>
internal sealed record Batch(long[] FileIds, Pan123ApiException? Rejection = null)
{
    /// <summary>
    /// Whether the refusal may be due to the IDs, so that a part of the batch may fare better. A code that is an HTTP status, or a refusal
    /// without a code, which is a gateway's, would meet any other IDs too.
    /// </summary>
    public bool CanBeSplitAfter(Exception failure) =>
        FileIds.Length > 1 && failure is Pan123ApiException { Code: { } code } && !Envelope.IsHttpStatus((int)code);

    public (Batch First, Batch Second) Split(Pan123ApiException refusal)
    {
        var half = (FileIds.Length + 1) / 2;
        return (new([.. FileIds.Take(half)], refusal), new([.. FileIds.Skip(half)], refusal));
    }

    public DeleteBatchResult Succeeded(string? traceId) => new(FileIds, DeleteOutcome.Deleted, traceId, error: null);

    public DeleteBatchResult Failed(Exception failure)
    {
        // What is no exception of the library's says nothing: then it is not its client, but one that overrides it.
        var known = Pan123Exception.Find(failure);

        // Not sent by themselves, but before, with others: what was said then still holds.
        known = known is { Outcome: DeleteOutcome.NotSent } ? Rejection ?? known : known;
        return new(FileIds, known?.Outcome ?? DeleteOutcome.Unknown, (known as Pan123ApiException)?.TraceId, known ?? failure);
    }
}
