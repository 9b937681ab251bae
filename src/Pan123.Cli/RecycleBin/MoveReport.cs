namespace Pan123.Cli;

/// <summary>Reports the outcomes of the files on standard output, and counts them.</summary>
internal abstract class MoveReport
{
    private readonly Dictionary<MoveOutcome, long> _counts = [];

    public long this[MoveOutcome outcome] => _counts.GetValueOrDefault(outcome);

    public int ExitCode =>
        this[MoveOutcome.Unknown] + this[MoveOutcome.NotSent] > 0 ? Cli.ExitCode.Unknown
        : this[MoveOutcome.Rejected] + this[MoveOutcome.NotRecovered] > 0 ? Cli.ExitCode.Rejected
        : Cli.ExitCode.Success;

    public void Add(MoveResult result)
    {
        _counts[result.Outcome] = this[result.Outcome] + result.FileIds.Count;
        Ended(result);
    }

    /// <summary>All have ended.</summary>
    /// <param name="profile">The profile whose credentials are used; null if none is.</param>
    /// <param name="elapsed">How long it took.</param>
    public abstract void Close(string? profile, TimeSpan elapsed);

    protected abstract void Ended(MoveResult result);
}
