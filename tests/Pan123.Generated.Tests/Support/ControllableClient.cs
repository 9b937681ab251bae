namespace Pan123.Tests;

/// <summary>A client whose calls end when the test says so, or, unless told otherwise, when they are cancelled.</summary>
internal sealed class ControllableClient(bool heedsCancellation = true) : Pan123Client
{
    private readonly object _lock = new();
    private readonly List<TaskCompletionSource<DeleteFilesResponse>> _calls = [];
    private readonly List<TaskCompletionSource> _begun = [new(), new(), new(), new(), new(), new(), new(), new()];

    /// <summary>How many calls have begun.</summary>
    public int Calls
    {
        get
        {
            lock (_lock)
            {
                return _calls.Count;
            }
        }
    }

    /// <summary>How many calls have not ended.</summary>
    public int Running
    {
        get
        {
            lock (_lock)
            {
                return _calls.Count(call => !call.Task.IsCompleted);
            }
        }
    }

    public override Task<DeleteFilesResponse> DeleteFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default)
    {
        var call = new TaskCompletionSource<DeleteFilesResponse>();
        if (heedsCancellation)
        {
            cancellationToken.Register(() => call.TrySetException(
                new OperationCanceledException("The call was cancelled.", new Pan123OutcomeUnknownException([.. fileIds], "It was sent."), cancellationToken)));
        }

        lock (_lock)
        {
            _calls.Add(call);
            _begun[_calls.Count - 1].SetResult();
        }

        return call.Task;
    }

    /// <summary>Returns when so many calls have begun.</summary>
    public Task BegunAsync(int calls) => _begun[calls - 1].Task.WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Ends a call, counted from 1, with a success. When that returns, what waited for it has gone on.</summary>
    public Task SucceedAsync(int call) => EndAsync(call, ended => ended.SetResult(FakeClient.Success));

    /// <summary>Ends a call, counted from 1, with a failure. When that returns, what waited for it has gone on.</summary>
    public Task FailAsync(int call, Exception failure) => EndAsync(call, ended => ended.SetException(failure));

    // In a thread of the pool, where what waits goes on before SetResult returns; in a test's own it may be put off.
    private Task EndAsync(int call, Action<TaskCompletionSource<DeleteFilesResponse>> end) => Task.Run(() => end(Of(call)));

    private TaskCompletionSource<DeleteFilesResponse> Of(int call)
    {
        lock (_lock)
        {
            return _calls[call - 1];
        }
    }
}
