namespace Pan123;

/// <summary>Files for one request.</summary>
/// <param name="FileIds">Their IDs.</param>
/// <param name="Refusal">The verdict on the larger batch that they were split off; null when they were not sent before.</param>
internal sealed record Batch(long[] FileIds, Pan123ApiException? Refusal = null)
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
        // A cancelled call has inside it what is known of its files.
        var known = failure is OperationCanceledException { InnerException: Pan123Exception outcome } ? outcome : failure;

        // Not sent by themselves, but before, with others: what was said then still holds.
        known = known is Pan123NotSentException ? Refusal ?? known : known;
        return known switch
        {
            Pan123ApiException refusal => new(FileIds, DeleteOutcome.Rejected, refusal.TraceId, refusal),
            Pan123NotSentException => new(FileIds, DeleteOutcome.NotSent, traceId: null, known),

            // Or a foreign one, which a handler of the application may throw before the request as well as after the answer.
            _ => new(FileIds, DeleteOutcome.Unknown, traceId: null, known),
        };
    }
}
