namespace Pan123;

/// <summary>How many files have ended in which outcome so far. An ID that occurs more than once counts once.</summary>
/// <param name="deleted">See <see cref="Deleted"/>.</param>
/// <param name="rejected">See <see cref="Rejected"/>.</param>
/// <param name="unknown">See <see cref="Unknown"/>.</param>
/// <param name="notSent">See <see cref="NotSent"/>.</param>
public sealed class DeleteProgress(long deleted, long rejected, long unknown, long notSent)
{
    /// <summary>Files that are <see cref="DeleteOutcome.Deleted"/>.</summary>
    public long Deleted { get; } = deleted;

    /// <summary>Files that are <see cref="DeleteOutcome.Rejected"/>.</summary>
    public long Rejected { get; } = rejected;

    /// <summary>Files whose outcome is <see cref="DeleteOutcome.Unknown"/>.</summary>
    public long Unknown { get; } = unknown;

    /// <summary>Files that are <see cref="DeleteOutcome.NotSent"/>, and IDs that are none.</summary>
    public long NotSent { get; } = notSent;

    internal DeleteProgress And(DeleteBatchResult result)
    {
        return new(
            Deleted + CountIf(DeleteOutcome.Deleted),
            Rejected + CountIf(DeleteOutcome.Rejected),
            Unknown + CountIf(DeleteOutcome.Unknown),
            NotSent + CountIf(DeleteOutcome.NotSent));

        int CountIf(DeleteOutcome outcome) => result.Outcome == outcome ? result.FileIds.Count : 0;
    }
}
