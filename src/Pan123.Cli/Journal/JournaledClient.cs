namespace Pan123.Cli;

/// <summary>Writes each request to a journal, before it is sent and when its outcome is known.</summary>
internal sealed class JournaledClient(IPan123Client client, Journal journal) : Pan123Client
{
    public override Task<IReadOnlyList<Pan123File>> GetFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default) =>
        client.GetFilesAsync(fileIds, cancellationToken);

    public override async Task<DeleteFilesResponse> DeleteFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default)
    {
        long[] batch = [.. fileIds];
        var number = journal.Sending(batch);
        try
        {
            var response = await client.DeleteFilesAsync(batch, cancellationToken);
            journal.Ended(number, JournalState.Deleted, response.TraceId);
            return response;
        }
        catch (Exception failure)
        {
            var known = Pan123Exception.Find(failure);
            if (batch.Any(journal.History.IsUnknown) && known is { Outcome: not DeleteOutcome.Unknown })
            {
                journal.Ended(number, JournalState.Unknown);
                throw JournalHistory.StillUnknown(batch, known);
            }

            var state = known?.Outcome switch
            {
                DeleteOutcome.Rejected => JournalState.Rejected,
                DeleteOutcome.NotSent => JournalState.NotSent,
                _ => JournalState.Unknown,
            };
            journal.Ended(number, state, (known as Pan123ApiException)?.TraceId);
            throw;
        }
    }
}
