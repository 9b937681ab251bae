using Spectre.Console;

namespace Pan123.Cli;

/// <summary>For a log: a line now and then.</summary>
internal sealed class ProgressLines(IAnsiConsole console, TimeProvider timeProvider) : ProgressDisplay
{
    public override async Task ShowAsync(long files, Func<ProgressTask, Task> run)
    {
        var task = new ProgressTask(id: 0, "files", files, autoStart: true, timeProvider);
        await using var timer = RefreshTimer.StartForLog(timeProvider, () => console.MarkupLineInterpolated($"[dim]{Describe(task)}[/]"));
        await run(task);
    }
}
