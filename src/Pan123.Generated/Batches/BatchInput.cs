namespace Pan123;

/// <summary>The IDs that a caller hands over, read one at a time, so that a run can do something else while it waits for the next.</summary>
internal sealed class BatchInput(IAsyncEnumerable<long> fileIds, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly CancellationTokenSource _reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly HashSet<long> _seen = [];
    private IAsyncEnumerator<long>? _enumerator;
    private long _position;

    /// <summary>The read that was started; when it is completed, it is to be taken. Null when none was started.</summary>
    public Task<bool>? PendingRead { get; private set; }

    public bool IsEnded { get; private set; }

    public bool IsCancelled => _reading.IsCancellationRequested;

    public void Cancel() => _reading.Cancel();

    public void StartRead()
    {
        PendingRead = ReadAsync();

        // Asynchronous, so that whatever an input throws, at whichever of its members, is found in the task.
        async Task<bool> ReadAsync()
        {
            _enumerator ??= fileIds.GetAsyncEnumerator(_reading.Token);
            return await _enumerator.MoveNextAsync().ConfigureAwait(false);
        }
    }

    /// <returns>An ID and its position, from 1; null for one that was there before, and at the end. It throws what the input throws.</returns>
    public (long FileId, long Position)? TakeRead()
    {
        var read = PendingRead!;
        PendingRead = null;

        // It is completed, so that this waits for nothing; an await for each ID would cost more than the rest.
        IsEnded = !read.GetAwaiter().GetResult();
        if (IsEnded)
        {
            return null;
        }

        _position++;
        return _seen.Add(_enumerator!.Current) ? (_enumerator.Current, _position) : null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (PendingRead ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The consumer stopped enumerating; errors of the pending read no longer matter.
        }

        if (_enumerator is not null)
        {
            await _enumerator.DisposeAsync().ConfigureAwait(false);
        }

        _reading.Dispose();
    }
}
