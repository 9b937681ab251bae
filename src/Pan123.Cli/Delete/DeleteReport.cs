namespace Pan123.Cli;

/// <summary>Reports the outcome of the files on standard output.</summary>
internal abstract class DeleteReport
{
    /// <summary>The profile whose credentials are used; null if none is.</summary>
    public string? Profile { get; init; }

    /// <summary>Reports what would be sent, in a run that sends nothing. Nothing else is reported of such a run.</summary>
    /// <param name="plan">What would be sent.</param>
    /// <param name="elapsed">How long it took.</param>
    public abstract void DryRun(DeletePlan plan, TimeSpan elapsed);

    /// <summary>A batch that an earlier run deleted, as its journal says.</summary>
    public abstract void DeletedEarlier(DeletedEarlier batch);

    /// <summary>A batch that has ended.</summary>
    public abstract void Ended(DeleteBatchResult result);

    /// <summary>All have ended.</summary>
    /// <param name="totals">The outcomes of the files of this run.</param>
    /// <param name="exitCode">The exit code of the program.</param>
    /// <param name="elapsed">How long it took.</param>
    public abstract void Close(DeleteTotals totals, int exitCode, TimeSpan elapsed);
}
