using Spectre.Console;

namespace Pan123.Cli;

/// <summary>For people: each failure as it happens, with its IDs, and the totals at the end.</summary>
internal sealed class TextDeleteReport(IAnsiConsole console) : DeleteReport
{
    /// <summary>As many IDs as can be taken in at a glance.</summary>
    public const int FewFileIds = 10;

    // A list of all files that were not sent would be as long as the input, and the reasons are few.
    private readonly Dictionary<string, long> _notSent = [];
    private string? _traceId;

    /// <summary>Whether only files that were not deleted are reported.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>How many IDs of a batch are shown.</summary>
    public int MaxFileIds { get; init; } = FewFileIds;

    public override void DryRun(DeletePlan plan, TimeSpan elapsed) => plan.Show(console);

    public override void DeletedEarlier(DeletedEarlier batch)
    {
        // The plan has shown their number.
    }

    public override void Ended(DeleteBatchResult result)
    {
        switch (result)
        {
            case { Outcome: DeleteOutcome.Deleted }:
                _traceId = result.TraceId;
                break;
            case { Outcome: DeleteOutcome.NotSent, Error: { } error }:
                var reason = ErrorText.ReasonOf(error);
                _notSent[reason] = _notSent.GetValueOrDefault(reason) + result.FileIds.Count;
                break;
            default:
                var message = result.Error is null ? "" : ErrorText.Of(result.Error);
                if (result.Outcome == DeleteOutcome.Rejected)
                {
                    console.MarkupLineLocalized($"[red]Rejected:[/] {message}");
                }
                else
                {
                    console.MarkupLineLocalized($"[olive]Unknown:[/] {message}");
                }

                console.Write(new Padder(new Text(List(result.FileIds, MaxFileIds), new Style(decoration: Decoration.Dim)), new Padding(2, 0, 0, 0)));
                break;
        }
    }

    public override void Close(DeleteTotals totals, int exitCode, TimeSpan elapsed)
    {
        if (!IsQuiet)
        {
            if (Profile is not null)
            {
                console.MarkupLineLocalized($"[dim]With profile '{Profile}':[/]");
            }

            Write(totals[DeleteOutcome.Deleted], files => $"[green]{files} deleted permanently.[/]");
            Write(totals.Confirmed, files => $"[green]Confirmed by a lookup: {files}.[/]");
            if (totals.Batches == 1 && _traceId is not null)
            {
                console.MarkupLineLocalized($"[dim]Trace ID: {_traceId}[/]");
            }
        }

        Write(totals[DeleteOutcome.Rejected], files => $"[red]{files} rejected.[/]");
        Write(totals[DeleteOutcome.Unknown] - totals.RejectedAfterUnknown, files => $"[olive]{files} with an unknown outcome (deleted or not). Retrying is safe.[/]");
        Write(totals.RejectedAfterUnknown, files => $"[olive]{files} with an unknown outcome: one request got no valid response and a later one was rejected, perhaps because the files are deleted already. Retrying is safe, but may not tell the outcome.[/]");
        foreach (var (reason, count) in _notSent)
        {
            console.MarkupLineLocalized($"[olive]{Plural.Files(count)} not sent:[/] {reason}");
        }

        void Write(long count, Func<string, FormattableString> text)
        {
            if (count > 0)
            {
                console.MarkupLineLocalized(text(Plural.Files(count)));
            }
        }
    }

    /// <returns>The IDs, or the first few of them.</returns>
    public static string List(IReadOnlyList<long> fileIds, int maxFileIds) => fileIds.Count <= maxFileIds
        ? string.Join(", ", fileIds)
        : Texts.Of($"{string.Join(", ", fileIds.Take(maxFileIds / 2))}, … ({Plural.Files(fileIds.Count)}; {DeleteCommand.Verbose} shows all)");
}
