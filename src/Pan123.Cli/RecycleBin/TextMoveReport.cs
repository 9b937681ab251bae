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
            console.MarkupLineInterpolated($"[dim]With profile '{profile}':[/]");
        }

        Write(MoveOutcome.Trashed, "green", $"moved to the recycle bin. {undo}");
        Write(MoveOutcome.Recovered, "green", $"recovered. {undo}");
        Write(MoveOutcome.NotRecovered, "red", "not recovered.");
        Write(MoveOutcome.Rejected, "red", "rejected.");
        Write(MoveOutcome.Unknown, "olive", "with an unknown outcome (moved or not). Retrying is safe, but may not tell the outcome.");
        foreach (var (reason, count) in _notSent)
        {
            console.MarkupLineInterpolated($"[olive]{Plural.Format(count)} not sent:[/] {reason}");
        }

        void Write(MoveOutcome outcome, string color, string text)
        {
            if (this[outcome] > 0)
            {
                console.MarkupLineInterpolated($"[{color}]{Plural.Format(this[outcome])} {text}[/]");
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
                var title = result.Outcome == MoveOutcome.NotRecovered ? "Not recovered" : $"{result.Outcome}";
                console.MarkupLineInterpolated($"[{(result.Outcome == MoveOutcome.Unknown ? "olive" : "red")}]{title}:[/] {result.Reason}");
                // All of them, since the user needs them for the next attempt.
                console.Write(new Padder(new Text(string.Join(", ", result.FileIds), new Style(decoration: Decoration.Dim)), new Padding(2, 0, 0, 0)));
                break;
        }
    }
}
