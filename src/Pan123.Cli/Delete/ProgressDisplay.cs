using System.Globalization;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Shows how far a run is: how many files, how fast, how much longer.</summary>
internal abstract class ProgressDisplay
{
    /// <summary>What is said before the numbers, with a blank at its end.</summary>
    public string Prefix { get; init; } = "";

    public abstract Task ShowAsync(long files, Func<ProgressTask, Task> run);

    protected string Describe(ProgressTask task)
    {
        var count = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{task.Value:N0} of {task.MaxValue:N0}");
        return task.Speed is { } speed and > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{count}; {speed:N0} a second, {Duration.Format(TimeSpan.FromSeconds((task.MaxValue - task.Value) / speed))} left")
            : count;
    }
}
