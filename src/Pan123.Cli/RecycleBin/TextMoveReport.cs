using Spectre.Console;

namespace Pan123.Cli;

/// <summary>For people: each failure as it happens, with its IDs, and the totals at the end.</summary>
/// <param name="console">Standard output.</param>
/// <param name="undo">How to undo the move, a sentence.</param>
internal sealed class TextMoveReport(IAnsiConsole console, string undo) : MoveReport
{
    // As in a deletion: a list of all files that were not sent would be as long as the input, and the reasons are few.
    private readonly Dictionary<string, long> _notSent = [];

    public override void Close(string? profile, TimeSpan elapsed)
    {
        if (profile is not null)
        {
            console.MarkupLineLocalized($"[dim]With profile '{profile}':[/]");
        }

        Write(MoveOutcome.Trashed, files => $"[green]{files} moved to the recycle bin. {undo}[/]");
        Write(MoveOutcome.Recovered, files => $"[green]{files} recovered. {undo}[/]");
        Write(MoveOutcome.NotRecovered, files => $"[red]{files} not recovered.[/]");
        Write(MoveOutcome.Rejected, files => $"[red]{files} rejected.[/]");
        Write(MoveOutcome.Unknown, files => $"[olive]{files} with an unknown outcome (moved or not). Retrying is safe, but may not tell the outcome.[/]");
        foreach (var (reason, count) in _notSent)
        {
            console.MarkupLineLocalized($"[olive]{Plural.Files(count)} not sent:[/] {reason}");
        }

        void Write(MoveOutcome outcome, Func<string, FormattableString> text)
        {
            if (this[outcome] > 0)
            {
                console.MarkupLineLocalized(text(Plural.Files(this[outcome])));
            }
        }
    }

    protected override void Ended(MoveResult result)
    {
        switch (result.Outcome)
        {
            case MoveOutcome.Trashed or MoveOutcome.Recovered:
                break;
            case MoveOutcome.NotSent:
                _notSent[result.Reason!] = _notSent.GetValueOrDefault(result.Reason!) + result.FileIds.Count;
                break;
            default:
                console.MarkupLineLocalized(result.Outcome switch
                {
                    MoveOutcome.NotRecovered => $"[red]Not recovered:[/] {result.Reason}",
                    MoveOutcome.Unknown => $"[olive]Unknown:[/] {result.Reason}",
                    _ => $"[red]Rejected:[/] {result.Reason}",
                });
                // All of them, since the user needs them for the next attempt.
                console.Write(new Padder(new Text(string.Join(", ", result.FileIds), new Style(decoration: Decoration.Dim)), new Padding(2, 0, 0, 0)));
                break;
        }
    }
}
