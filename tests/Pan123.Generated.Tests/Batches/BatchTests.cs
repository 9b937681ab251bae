using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Any number of files, over real HTTP.</summary>
public abstract class BatchTests(params long[] fileIds) : EmulatorFixture(fileIds)
{
    protected IReadOnlyList<long[]> Requests =>
        [.. Emulator.Requests.Select(request => Newtonsoft.Json.Linq.JObject.Parse(request.BodyText)["fileIDs"]!.Select(id => (long)id!).ToArray())];

    /// <summary>What a result says, in a line: outcome and IDs.</summary>
    protected static string Describe(DeleteBatchResult result) => result.FileIds.Count == 1
        ? $"{result.Outcome} {result.FileIds[0]}"
        : $"{result.Outcome} {result.FileIds[0]} to {result.FileIds[^1]}";

    /// <summary>All that a run yields, and what it throws in the end; null for nothing.</summary>
    protected static async Task<(IReadOnlyList<DeleteBatchResult> Results, Exception? Thrown)> DrainAsync(
        IAsyncEnumerable<DeleteBatchResult> run, CancellationToken enumeratorsToken = default)
    {
        var results = new List<DeleteBatchResult>();
        try
        {
            await foreach (var result in run.WithCancellation(enumeratorsToken))
            {
                results.Add(result);
            }

            return (results, null);
        }
        catch (Exception thrown) when (thrown is OperationCanceledException or InvalidOperationException or IOException or AggregateException)
        {
            return (results, thrown);
        }
    }
}
