using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Shows the progress of a walk: how many folders were walked, and how much was found. On a terminal it updates one line, otherwise it writes a line every few seconds.</summary>
internal sealed class WalkProgress(Terminal terminal, TimeProvider timeProvider)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PeriodOnTerminal = TimeSpan.FromMilliseconds(200);

    /// <param name="describe">Describes the progress. Called by another thread.</param>
    /// <param name="walk">The walk.</param>
    public async Task ShowAsync(Func<string> describe, Func<Task> walk)
    {
        if (terminal.SupportsAnsi)
        {
            await terminal.Messages.Status().StartAsync(Markup.Escape(describe()), async status =>
            {
                await using var timer = timeProvider.CreateTimer(_ => status.Status = Markup.Escape(describe()), state: null, PeriodOnTerminal, PeriodOnTerminal);
                await walk();
            });
        }
        else
        {
            await using var timer = timeProvider.CreateTimer(_ => terminal.Messages.MarkupLineInterpolated($"[dim]{describe()}[/]"), state: null, Period, Period);
            await walk();
        }
    }
}
