using System.Diagnostics.CodeAnalysis;

namespace Pan123;

/// <summary>The IDs that a caller hands over, read one at a time, so that a run can do something else while it waits for the next.</summary>
internal sealed class BatchInput(IAsyncEnumerable<long> fileIds, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly HashSet<long> _seen = [];
    private IAsyncEnumerator<long>? _enumerator;
    private long _position;

    /// <summary>The read that was begun; when it is completed, it is to be ended. Null when none was begun.</summary>
    public Task<bool>? Reading { get; private set; }

    public bool IsEnded { get; private set; }

    public void BeginRead()
    {
        Reading = ReadAsync();

        // Asynchronous, so that whatever an input throws, at whichever of its members, is found in the task.
        async Task<bool> ReadAsync()
        {
            _enumerator ??= fileIds.GetAsyncEnumerator(cancellationToken);
            return await _enumerator.MoveNextAsync().ConfigureAwait(false);
        }
    }

    /// <returns>An ID and its position, from 1; null for one that was there before, and at the end. It throws what the input throws.</returns>
    public (long FileId, long Position)? EndRead()
    {
        var reading = Reading!;
        Reading = null;

        // It is completed, so that this waits for nothing; an await for each ID would cost more than the rest.
        IsEnded = !reading.GetAwaiter().GetResult();
        if (IsEnded)
        {
            return null;
        }

        var fileId = _enumerator!.Current;
        _position++;
        return _seen.Add(fileId) ? (fileId, _position) : null;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whoever turned away is not to be told what the rest of the input would have been.")]
    public async ValueTask DisposeAsync()
    {
        try
        {
            await (Reading ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // See above.
        }

        if (_enumerator is not null)
        {
            await _enumerator.DisposeAsync().ConfigureAwait(false);
        }
    }
}
