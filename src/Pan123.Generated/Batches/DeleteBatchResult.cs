namespace Pan123;

/// <summary>The outcome of one batch.</summary>
public sealed class DeleteBatchResult
{
    /// <summary>Initializes a new instance. Public so that tests can create one.</summary>
    /// <param name="fileIds">The files.</param>
    /// <param name="outcome">The outcome of the files.</param>
    /// <param name="traceId">The trace ID of the response; null if there is none.</param>
    /// <param name="error">Why the files are not deleted; null if they are.</param>
    /// <param name="position">The 1-based position in the input of an invalid ID; otherwise null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fileIds"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="error"/> is null although the files are not deleted, or not null although they are.</exception>
    public DeleteBatchResult(IReadOnlyList<long> fileIds, DeleteOutcome outcome, string? traceId, Exception? error, long? position = null)
    {
        ArgumentNullException.ThrowIfNull(fileIds);
        if ((outcome == DeleteOutcome.Deleted) != (error is null))
        {
            throw new ArgumentException($"Files that are {outcome} {(error is null ? "need an" : "have no")} error.", nameof(error));
        }

        (FileIds, Outcome, TraceId, Error, Position) = (fileIds, outcome, traceId, error, position);
    }

    /// <summary>
    /// The files, in the order of the input: at least one, at most <see cref="DeleteFilesRequest.FileIdsMaxItems"/>. No file is in two
    /// results of a run.
    /// </summary>
    public IReadOnlyList<long> FileIds { get; }

    /// <summary>The outcome, which is the same for all files of the result.</summary>
    public DeleteOutcome Outcome { get; }

    /// <summary>Identifies the request in the service's logs; null when no response with a trace ID decided the outcome.</summary>
    public string? TraceId { get; }

    /// <summary>
    /// Why the files are not deleted; null exactly when they are. If they were rejected, a <see cref="Pan123ApiException"/>. If their outcome
    /// is unknown, a <see cref="Pan123OutcomeUnknownException"/>, or what a derived class that overrides the call throws. If they were not
    /// sent, a <see cref="Pan123NotSentException"/>, or an <see cref="ArgumentException"/> for an invalid ID.
    /// </summary>
    public Exception? Error { get; }

    /// <summary>
    /// Whether a lookup determined the outcome (<see cref="DeleteBatchOptions.Confirm"/>): the service no longer knows the files, or they
    /// are not in the recycle bin.
    /// </summary>
    public bool IsConfirmed { get; init; }

    /// <summary>
    /// The 1-based position in the input of an invalid ID (less than <see cref="DeleteFilesRequest.FileIdsItemMinimum"/>), which has a
    /// separate result; otherwise null.
    /// </summary>
    public long? Position { get; }
}
