namespace Pan123.Emulator;

/// <summary>The requests so far, and the waits for the next ones. Thread-safe.</summary>
internal sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<RecordedRequest> _requests = [];
    private readonly Dictionary<int, TaskCompletionSource<RecordedRequest>> _awaited = [];
    private bool _closed;

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_lock)
        {
            return [.. _requests];
        }
    }

    /// <summary>Adds a request.</summary>
    /// <returns>Its number, from 1.</returns>
    public int Add(RecordedRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request);
            if (_awaited.Remove(_requests.Count, out var awaited))
            {
                awaited.SetResult(request);
            }

            return _requests.Count;
        }
    }

    public Task<RecordedRequest> WaitAsync(int number, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (number <= _requests.Count)
            {
                return Task.FromResult(_requests[number - 1]);
            }

            if (_closed)
            {
                return Task.FromException<RecordedRequest>(Disposed());
            }

            if (!_awaited.TryGetValue(number, out var awaited))
            {
                // Asynchronously, since the result is set under the lock.
                awaited = new TaskCompletionSource<RecordedRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaited.Add(number, awaited);
            }

            return awaited.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Fails all waits: no further request will come.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var awaited in _awaited.Values)
            {
                awaited.SetException(Disposed());
            }

            _awaited.Clear();
        }
    }

    private static ObjectDisposedException Disposed() => new(nameof(Pan123Emulator));
}
