using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Says on standard output what became of the files.</summary>
internal abstract class DeleteReport
{
    public static DeleteReport Create(IAnsiConsole console, bool json) => json ? new JsonDeleteReport(console.Profile.Out.Writer) : new TextDeleteReport(console);

    public abstract void Deleted(IReadOnlyList<long> fileIds, string? traceId);

    public abstract void Rejected(IReadOnlyList<long> fileIds, Pan123ApiException rejection);

    public abstract void NotSent(IReadOnlyList<long> fileIds, string message);

    public abstract void Unknown(IReadOnlyList<long> fileIds, string message);
}
