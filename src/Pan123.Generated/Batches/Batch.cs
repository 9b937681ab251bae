namespace Pan123;

/// <summary>Files for one request.</summary>
/// <param name="FileIds">Their IDs.</param>
/// <param name="Rejection">The rejection of the larger batch that they were split from; null if there was none.</param>
/// <param name="Lost">The failure of an earlier attempt, whose outcome is unknown; null if there was none.</param>
/// <param name="Retries">How often they were sent again.</param>
internal sealed record Batch(long[] FileIds, Pan123ApiException? Rejection = null, Pan123Exception? Lost = null, int Retries = 0)
{
    /// <summary>
    /// Whether the outcome is unknown after a failure. After a lost attempt, that includes a rejection: the attempt may have deleted the
    /// files.
    /// </summary>
    public bool IsUnknownAfter(Exception failure) => Pan123Exception.Find(failure)?.Outcome switch
    {
        DeleteOutcome.Unknown => true,
        DeleteOutcome.Rejected => Lost is not null,
        _ => false,
    };

    /// <summary>
    /// Whether the rejection may be due to the IDs, so that a part of the batch may succeed. A code that is an HTTP status, or a rejection
    /// without a code, which comes from a gateway, would affect any other IDs too.
    /// </summary>
    public bool CanBeSplitAfter(Exception failure) =>
        FileIds.Length > 1 && failure is Pan123ApiException { Code: { } code } && !Envelope.IsHttpStatus((int)code);

    public (Batch First, Batch Second) Split(Pan123ApiException rejection)
    {
        var half = (FileIds.Length + 1) / 2;
        return (new([.. FileIds.Take(half)], rejection), new([.. FileIds.Skip(half)], rejection));
    }

    public DeleteBatchResult Succeeded(string? traceId) => new(FileIds, DeleteOutcome.Deleted, traceId, error: null);

    public DeleteBatchResult Failed(Exception failure)
    {
        // Any other exception says nothing about the files: a derived class that overrides the call has thrown it.
        var known = Pan123Exception.Find(failure);

        // The files were not sent now, but earlier in a larger batch, whose rejection still holds.
        known = known is { Outcome: DeleteOutcome.NotSent } ? Rejection ?? known : known;
        known = known is { Outcome: not DeleteOutcome.Unknown } ? Lost ?? known : known;
        return new(FileIds, known?.Outcome ?? DeleteOutcome.Unknown, (known as Pan123ApiException)?.TraceId, known ?? failure);
    }
}
