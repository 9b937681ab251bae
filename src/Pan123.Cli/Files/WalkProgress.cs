using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Shows the progress of a walk: how many folders were walked, and how much was found. On a terminal it updates one line, otherwise it writes a line every few seconds.</summary>
internal sealed class WalkProgress(Terminal terminal, TimeProvider timeProvider)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PeriodOnTerminal = TimeSpan.FromMilliseconds(100);

    /// <param name="describe">Describes the progress. Called by another thread.</param>
    /// <param name="walk">The walk.</param>
    public async Task ShowAsync(Func<string> describe, Func<Task> walk)
    {
        if (terminal.SupportsAnsi)
        {
            await terminal.Messages.Status().AutoRefresh(false).StartAsync(Markup.Escape(describe()), async status =>
            {
                // The thread that would refresh it otherwise never ends if the walk is over before it begins.
                await using var timer = RefreshTimer.Start(timeProvider, PeriodOnTerminal, () => status.Status(Markup.Escape(describe())).Refresh());
                await walk();
            });
        }
        else
        {
            await using var timer = RefreshTimer.Start(timeProvider, Period, () => terminal.Messages.MarkupLineInterpolated($"[dim]{describe()}[/]"));
            await walk();
        }
    }
}
