namespace Pan123.Tests;

/// <summary>IDs that know how far they were read, and whether their enumerator was disposed of.</summary>
internal sealed class CountedInput(IEnumerable<long> ids)
{
    /// <summary>How many were read.</summary>
    public int Read { get; private set; }

    public bool IsDisposed { get; private set; }

    public IEnumerable<long> Plain()
    {
        try
        {
            foreach (var id in ids)
            {
                Read++;
                yield return id;
            }
        }
        finally
        {
            IsDisposed = true;
        }
    }

    public async IAsyncEnumerable<long> Asynchronous()
    {
        foreach (var id in Plain())
        {
            await Task.Yield();
            yield return id;
        }
    }
}
