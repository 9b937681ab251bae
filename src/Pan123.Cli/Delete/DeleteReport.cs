using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Says on standard output what became of the files.</summary>
internal abstract class DeleteReport
{
    public static DeleteReport Create(IAnsiConsole console, bool json) => json ? new JsonDeleteReport(console) : new TextDeleteReport(console);

    /// <summary>All that would be sent, when nothing is.</summary>
    public abstract void Planned(DeletePlan plan);

    /// <summary>A batch that an earlier run deleted, as its journal says.</summary>
    public abstract void DeletedEarlier(DeletedEarlier batch);

    /// <summary>A batch that has ended.</summary>
    public abstract void Ended(DeleteBatchResult result);

    /// <summary>All have ended.</summary>
    public abstract void Close(DeleteTotals totals);
}
