namespace Pan123;

/// <summary>The IDs from the caller, read one at a time, so that a run can do other work while it waits for the next one.</summary>
internal sealed class BatchInput(IAsyncEnumerable<long> fileIds, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly CancellationTokenSource _reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly HashSet<long> _seen = [];
    private IAsyncEnumerator<long>? _enumerator;
    private long _position;

    /// <summary>The read that was started, to be taken when it is completed; null if there is none.</summary>
    public Task<bool>? PendingRead { get; private set; }

    public bool IsEnded { get; private set; }

    public bool IsCancelled => _reading.IsCancellationRequested;

    public void Cancel() => _reading.Cancel();

    public void StartRead()
    {
        PendingRead = ReadAsync();

        // Asynchronous, so that the task holds whatever any member of the input throws.
        async Task<bool> ReadAsync()
        {
            _enumerator ??= fileIds.GetAsyncEnumerator(_reading.Token);
            return await _enumerator.MoveNextAsync().ConfigureAwait(false);
        }
    }

    /// <returns>An ID and its 1-based position; null for a duplicate, and at the end. Throws what the input throws.</returns>
    public (long FileId, long Position)? TakeRead()
    {
        var read = PendingRead!;
        PendingRead = null;

        // This does not block, because the read is completed; an await for each ID would cost more than the rest.
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
