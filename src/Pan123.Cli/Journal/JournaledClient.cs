namespace Pan123.Cli;

/// <summary>Notes each request in a journal, before it is sent and after its verdict.</summary>
internal sealed class JournaledClient(IPan123Client client, Journal journal) : Pan123Client
{
    public override async Task<DeleteFilesResponse> DeleteFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default)
    {
        long[] batch = [.. fileIds];
        var number = journal.Sending(batch);
        try
        {
            var response = await client.DeleteFilesAsync(batch, cancellationToken);
            journal.Ended(number, JournalState.Deleted, response.TraceID);
            return response;
        }
        catch (Exception failure)
        {
            // A cancelled call has inside it what is known of its files.
            var known = failure is OperationCanceledException { InnerException: Pan123Exception outcome } ? outcome : failure;
            if (batch.Any(journal.History.IsWithoutVerdict) && known is Pan123Exception and not Pan123OutcomeUnknownException)
            {
                journal.Ended(number, JournalState.Unknown);
                throw JournalHistory.StillWithoutVerdict(batch, known);
            }

            var (state, traceId) = known switch
            {
                Pan123ApiException rejection => (JournalState.Rejected, rejection.TraceId),
                Pan123NotSentException => (JournalState.NotSent, null),
                _ => (JournalState.Unknown, null),
            };
            journal.Ended(number, state, traceId);
            throw;
        }
    }
}
