using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Shows how far a run is: how many files, how fast, how much longer.</summary>
internal abstract class ProgressDisplay
{
    private string Prefix { get; init; } = "";

    /// <param name="terminal">Where it is shown.</param>
    /// <param name="json">Whether lines of JSON are written meanwhile, which a bar on the same screen would overwrite.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="prefix">The text before the numbers, with a blank at its end.</param>
    public static ProgressDisplay For(Terminal terminal, bool json, TimeProvider timeProvider, string prefix = "") =>
        terminal.SupportsAnsi && !(json && terminal.Results == terminal.Messages)
            ? new ProgressBar(terminal.Messages, timeProvider) { Prefix = prefix }
            : new ProgressLines(terminal.Messages, timeProvider) { Prefix = prefix };

    public abstract Task ShowAsync(long files, Func<ProgressTask, Task> run);

    protected string Describe(ProgressTask task)
    {
        var count = Texts.Of($"{Prefix}{task.Value:N0} of {task.MaxValue:N0}");
        return task.Speed is { } speed and > 0
            ? Texts.Of($"{count}; {speed:N0} per second, {Duration.Format(TimeSpan.FromSeconds((task.MaxValue - task.Value) / speed))} left")
            : count;
    }
}
