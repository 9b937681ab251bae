using Spectre.Console;

namespace Pan123.Cli;

/// <summary>For people.</summary>
internal sealed class TextDeleteReport(IAnsiConsole console) : DeleteReport
{
    public override void Deleted(IReadOnlyList<long> fileIds, string? traceId)
    {
        console.MarkupLineInterpolated($"[green]{Count.Of(fileIds)} deleted permanently.[/]");
        console.MarkupLineInterpolated($"[grey]Trace ID: {traceId ?? "none"}[/]");
    }

    public override void Rejected(IReadOnlyList<long> fileIds, Pan123ApiException rejection) =>
        console.MarkupLineInterpolated($"[red]{Count.Of(fileIds)} rejected.[/] {rejection.Message}");

    public override void NotSent(IReadOnlyList<long> fileIds, string message) =>
        console.MarkupLineInterpolated($"[yellow]{Count.Of(fileIds)} not deleted.[/] {message}");

    public override void Unknown(IReadOnlyList<long> fileIds, string message) => console.MarkupLineInterpolated($"[yellow]{message}[/]");
}
