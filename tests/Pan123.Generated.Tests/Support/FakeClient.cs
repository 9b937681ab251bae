using System.Collections.Concurrent;

namespace Pan123.Tests;

/// <summary>What a user's test would have in the client's place: it overrides the one method that sends.</summary>
internal sealed class FakeClient(Func<long[], CancellationToken, Task<DeleteFilesResponse>> deleteAsync) : Pan123Client
{
    private readonly ConcurrentQueue<long[]> _calls = new();

    /// <summary>Succeeds at once.</summary>
    public FakeClient()
        : this((_, _) => Task.FromResult(Success))
    {
    }

    /// <summary>Answers each call with the next of these, at once.</summary>
    public FakeClient(params Func<DeleteFilesResponse>[] answers)
        : this(InTurn(answers))
    {
    }

    public static DeleteFilesResponse Success => new() { Message = "ok", TraceId = FakeService.TraceId };

    /// <summary>The IDs of each call so far.</summary>
    public IReadOnlyList<long[]> Calls => [.. _calls];

    public override Task<DeleteFilesResponse> DeleteFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default)
    {
        long[] ids = [.. fileIds];
        _calls.Enqueue(ids);
        return deleteAsync(ids, cancellationToken);
    }

    private static Func<long[], CancellationToken, Task<DeleteFilesResponse>> InTurn(Func<DeleteFilesResponse>[] answers)
    {
        var next = new Queue<Func<DeleteFilesResponse>>(answers);
        return (_, _) =>
        {
            try
            {
                return Task.FromResult(next.Dequeue()());
            }
            catch (Exception failure) when (failure is Pan123Exception or OperationCanceledException or NotSupportedException)
            {
                return Task.FromException<DeleteFilesResponse>(failure);
            }
        };
    }
}
