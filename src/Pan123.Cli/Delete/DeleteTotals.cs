namespace Pan123.Cli;

/// <summary>How many files have ended in which outcome.</summary>
internal sealed class DeleteTotals
{
    private readonly Dictionary<DeleteOutcome, long> _counts = [];

    /// <summary>How many batches had an answer, or went without one.</summary>
    public long Batches { get; private set; }

    public long this[DeleteOutcome outcome] => _counts.GetValueOrDefault(outcome);

    public int ExitCode =>
        this[DeleteOutcome.Unknown] + this[DeleteOutcome.NotSent] > 0 ? Cli.ExitCode.Unknown
        : this[DeleteOutcome.Rejected] > 0 ? Cli.ExitCode.Rejected
        : Cli.ExitCode.Success;

    public void Add(DeleteBatchResult result)
    {
        _counts[result.Outcome] = this[result.Outcome] + result.FileIds.Count;
        Batches += result.Outcome == DeleteOutcome.NotSent ? 0 : 1;
    }
}
