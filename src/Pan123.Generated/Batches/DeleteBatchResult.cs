namespace Pan123;

/// <summary>What became of the files of one batch.</summary>
public sealed class DeleteBatchResult
{
    /// <summary>Makes one, for instance in a test of your own.</summary>
    /// <param name="fileIds">The files.</param>
    /// <param name="outcome">What became of them.</param>
    /// <param name="traceId">The trace ID of the answer; null for none.</param>
    /// <param name="error">Why they are not deleted; null if they are.</param>
    /// <param name="position">Of an ID that is none, its place in the input, from 1; otherwise null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fileIds"/> is null.</exception>
    /// <exception cref="ArgumentException">There is an error and the files are deleted, or none and they are not.</exception>
    public DeleteBatchResult(IReadOnlyList<long> fileIds, DeleteOutcome outcome, string? traceId, Exception? error, long? position = null)
    {
        ArgumentNullException.ThrowIfNull(fileIds);
        if ((outcome == DeleteOutcome.Deleted) != (error is null))
        {
            throw new ArgumentException($"Files that are {outcome} {(error is null ? "need an" : "have no")} error.", nameof(error));
        }

        FileIds = fileIds;
        Outcome = outcome;
        TraceId = traceId;
        Error = error;
        Position = position;
    }

    /// <summary>The files, in the order of the input: at least one, at most <see cref="DeleteFilesRequest.FileIdsMaxItems"/>, none of them in another result.</summary>
    public IReadOnlyList<long> FileIds { get; }

    /// <summary>What became of them, the same for all.</summary>
    public DeleteOutcome Outcome { get; }

    /// <summary>Identifies the request in the service's logs; null when no answer with a trace ID told the outcome.</summary>
    public string? TraceId { get; }

    /// <summary>
    /// Why they are not deleted; null exactly when they are. A <see cref="Pan123ApiException"/> when they were rejected. When the outcome
    /// is unknown, a <see cref="Pan123OutcomeUnknownException"/>, or whatever else the call threw, such as the exception of a handler of your
    /// own. When they were not sent, a <see cref="Pan123NotSentException"/>, or an <see cref="ArgumentException"/> for an ID that is none.
    /// </summary>
    public Exception? Error { get; }

    /// <summary>Of an ID smaller than <see cref="DeleteFilesRequest.FileIdsItemMinimum"/>, which is a result of its own: its place in the input, from 1. Otherwise null.</summary>
    public long? Position { get; }
}
