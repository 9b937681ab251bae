using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Carries out a plan. Every file of the plan ends in one reported outcome, even if the run is interrupted.</summary>
internal sealed class DeleteRun(
    IPan123Client client, Journal? journal, DeletePlan plan, DeleteBatchOptions options, DeleteReport report, IAnsiConsole messages, Interruption interruption)
{
    private readonly IPan123Client _client = journal is null ? client : new JournaledClient(client, journal);
    private bool _isStopped;
    private bool _isAdvised;

    public DeleteTotals Totals { get; } = new();

    /// <param name="progress">Counts the files that have ended.</param>
    public async Task RunAsync(ProgressTask progress)
    {
        foreach (var batch in plan.DeletedEarlier)
        {
            Totals.Add(batch);
            report.DeletedEarlier(batch);
        }

        foreach (var segment in plan.Segments)
        {
            var input = new InterruptibleInput(segment, interruption.GracefulStop);
            if (!_isStopped)
            {
                await RunAsync(input, progress);
            }

            foreach (var unread in input.Unread.Chunk(DeleteFilesRequest.FileIdsMaxItems))
            {
                End(new DeleteBatchResult(unread, DeleteOutcome.NotSent, traceId: null, new Pan123NotSentException(Texts.Of($"the run was stopped earlier."), innerException: null)), progress);
            }
        }
    }

    private async Task RunAsync(InterruptibleInput input, ProgressTask progress)
    {
        try
        {
            await foreach (var result in _client.DeleteFilesInBatchesAsync(input, options, interruption.ForcedStop))
            {
                End(result, progress);
                _isStopped |= options.StopOnFirstFailure && result.Outcome != DeleteOutcome.Deleted;
            }
        }
        catch (OperationCanceledException)
        {
            // It comes after all results that are known.
            _isStopped = true;
        }
    }

    private void End(DeleteBatchResult result, ProgressTask progress)
    {
        if (result is { Outcome: DeleteOutcome.NotSent, Error: { } error })
        {
            result = plan.NotSent(result.FileIds, error);
        }

        if (result.IsConfirmed)
        {
            journal?.Confirmed(result.FileIds, result.Outcome == DeleteOutcome.Deleted ? JournalState.Deleted : JournalState.Rejected);
        }

        Totals.Add(result);
        report.Ended(result);
        Advise();
        if (result.Outcome != DeleteOutcome.NotSent)
        {
            progress.Increment(result.FileIds.Count);
        }
    }

    /// <summary>Says how to continue after a rejection, while other batches are still to come.</summary>
    private void Advise()
    {
        if (Totals.HasRejectedMany && !_isAdvised && !options.IsolateRejected)
        {
            _isAdvised = true;
            messages.MarkupLineLocalized($"[dim]With {DeleteCommand.Isolate}, the IDs that cause a rejection are found, and the other files are deleted.[/]");
        }
    }
}
