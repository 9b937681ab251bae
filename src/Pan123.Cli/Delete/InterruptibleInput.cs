using System.Collections;

namespace Pan123.Cli;

/// <summary>IDs for a run of batches, until it is to begin nothing more: an input that throws lets it finish what is in flight.</summary>
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
