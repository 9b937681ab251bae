namespace Pan123.Tests;

/// <content>What batches say.</content>
public sealed partial class MessageTests
{
    private static async IAsyncEnumerable<(string Name, string Message)> BatchesAsync()
    {
        var stopped = await new FakeClient().DeleteFilesInBatchesAsync([1, 0], new DeleteBatchOptions { StopOnFirstFailure = true }).ToListAsync();
        yield return ("batch, file ID too small", stopped.Single(result => result.Position is not null).Error!.Message);
        yield return ("batch, stopped", stopped.Single(result => result.Position is null).Error!.Message);

        yield return ("batch, input failed", (await OfRunAsync(Failing(), CancellationToken.None)).Result);

        using var cancellation = new CancellationTokenSource();
        var cancelled = await OfRunAsync(Cancelling(cancellation), cancellation.Token);
        yield return ("batch, cancelled", cancelled.Result);
        yield return ("batches, cancelled", cancelled.Failure);

        static IEnumerable<long> Failing()
        {
            yield return 1;
            throw new InvalidOperationException("The input's own words.");
        }

        static IEnumerable<long> Cancelling(CancellationTokenSource cancellation)
        {
            yield return 1;
            cancellation.Cancel();
            yield return 2;
        }
    }

    /// <summary>What a run that sends nothing says, in each of its results and at its end.</summary>
    private static async Task<(string Result, string Failure)> OfRunAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken)
    {
        var results = new List<DeleteBatchResult>();
        var failure = await OfAsync(async () =>
        {
            await foreach (var result in new FakeClient().DeleteFilesInBatchesAsync(fileIds, options: null, cancellationToken))
            {
                results.Add(result);
            }
        });
        return (results.Select(result => result.Error!.Message).Distinct().Single(), failure);
    }
}
