using Spectre.Console;

namespace Pan123.Cli;

/// <summary>For people: what went wrong as it happens, with its IDs, and the numbers at the end.</summary>
internal sealed class TextDeleteReport(IAnsiConsole console) : DeleteReport
{
    // A list of all that was not sent would be as long as the input; its reasons are few.
    private readonly Dictionary<string, long> _notSent = [];
    private string? _traceId;

    public override void Planned(DeletePlan plan) => plan.Show(console);

    public override void DeletedEarlier(DeletedEarlier batch)
    {
        // The plan has said how many there are.
    }

    public override void Ended(DeleteBatchResult result)
    {
        switch (result)
        {
            case { Outcome: DeleteOutcome.Deleted }:
                _traceId = result.TraceId;
                break;
            case { Outcome: DeleteOutcome.NotSent, Error: { } error }:
                _notSent[error.Message] = _notSent.GetValueOrDefault(error.Message) + result.FileIds.Count;
                break;
            default:
                var color = result.Outcome == DeleteOutcome.Rejected ? "red" : "olive";
                console.MarkupLineInterpolated($"[{color}]{result.Outcome}:[/] {result.Error?.Message}");
                console.Write(new Padder(new Text(string.Join(", ", result.FileIds), new Style(decoration: Decoration.Dim)), new Padding(2, 0, 0, 0)));
                break;
        }
    }

    public override void Close(DeleteTotals totals)
    {
        Write(DeleteOutcome.Deleted, "green", "deleted permanently.");
        if (totals.Batches == 1 && _traceId is not null)
        {
            console.MarkupLineInterpolated($"[dim]Trace ID: {_traceId}[/]");
        }

        Write(DeleteOutcome.Rejected, "red", "rejected.");
        Write(DeleteOutcome.Unknown, "olive", "without verdict: deleted, or not. Repeating is safe.");
        foreach (var (reason, count) in _notSent)
        {
            console.MarkupLineInterpolated($"[olive]{Count.Of(count)} not sent.[/] {reason}");
        }

        void Write(DeleteOutcome outcome, string color, string text)
        {
            if (totals[outcome] > 0)
            {
                console.MarkupLineInterpolated($"[{color}]{Count.Of(totals[outcome])} {text}[/]");
            }
        }
    }
}
