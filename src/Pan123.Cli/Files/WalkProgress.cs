using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Shows the progress of a walk: how many folders were walked, and how much was found. On a terminal it updates one line, otherwise it writes a line every few seconds.</summary>
internal sealed class WalkProgress(Terminal terminal, TimeProvider timeProvider)
{
    /// <param name="describe">Describes the progress. Called by another thread.</param>
    /// <param name="walk">The walk.</param>
    public async Task ShowAsync(Func<string> describe, Func<Task> walk)
    {
        if (terminal.SupportsAnsi)
        {
            await terminal.Messages.Status().AutoRefresh(false).StartAsync(Markup.Escape(describe()), async status =>
            {
                await using var timer = RefreshTimer.StartForTerminal(timeProvider, () => status.Status(Markup.Escape(describe())).Refresh());
                await walk();
            });
        }
        else
        {
            await using var timer = RefreshTimer.StartForLog(timeProvider, () => terminal.Messages.MarkupLineInterpolated($"[dim]{describe()}[/]"));
            await walk();
        }
    }
}
