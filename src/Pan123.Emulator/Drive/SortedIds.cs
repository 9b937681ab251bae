namespace Pan123.Emulator;

/// <summary>IDs in ascending order, sorted when they are read. Not thread-safe.</summary>
internal sealed class SortedIds(IEnumerable<long> ids)
{
    private readonly List<long> _ids = [.. ids];
    private bool _isSorted;

    public void Add(long id)
    {
        _isSorted &= _ids.Count == 0 || _ids[^1] < id;
        _ids.Add(id);
    }

    public void Remove(long id)
    {
        Sort();
        _ids.RemoveAt(_ids.BinarySearch(id));
    }

    /// <summary>The IDs from a given one on, which need not be among them.</summary>
    public IEnumerable<long> From(long first)
    {
        Sort();
        var index = _ids.BinarySearch(first);
        for (index = index < 0 ? ~index : index; index < _ids.Count; index++)
        {
            yield return _ids[index];
        }
    }

    private void Sort()
    {
        if (!_isSorted)
        {
            _ids.Sort();
            _isSorted = true;
        }
    }
}
