using System.Collections;

namespace Pan123.Cli;

/// <summary>The IDs for a run of batches. It throws when the run must start no new batch, which lets the run finish the requests in flight.</summary>
internal sealed class InterruptibleInput(IReadOnlyList<long> fileIds, CancellationToken gracefulStop) : IEnumerable<long>
{
    private int _read;

    /// <summary>Those that the run has not asked for.</summary>
    public IEnumerable<long> Unread => fileIds.Skip(_read);

    public IEnumerator<long> GetEnumerator()
    {
        while (_read < fileIds.Count)
        {
            gracefulStop.ThrowIfCancellationRequested();
            yield return fileIds[_read++];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
