namespace Pan123.Emulator;

/// <summary>The files of a <see cref="Pan123Emulator"/>, kept in memory: their IDs and states, no names and no contents.</summary>
/// <remarks>All members may be used from any thread. What a request deletes, it deletes in one step.</remarks>
public sealed class EmulatedDrive
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, FileState> _states = [];
    private readonly List<long> _deleted = [];

    internal EmulatedDrive()
    {
    }

    /// <summary>The IDs of all permanently deleted files, in order of deletion: a copy.</summary>
    public IReadOnlyList<long> DeletedFileIds
    {
        get
        {
            lock (_lock)
            {
                return [.. _deleted];
            }
        }
    }

    /// <summary>Puts files into a folder of the drive. Files in the recycle bin are restored.</summary>
    /// <param name="fileIds">Their IDs, each greater than 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fileIds"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An ID is less than 1. No file was added.</exception>
    /// <exception cref="ArgumentException">A file has been deleted permanently. No file was added.</exception>
    public void AddActive(params IEnumerable<long> fileIds) => Add(fileIds, FileState.Active);

    /// <summary>Puts files into the recycle bin. Active files are moved there.</summary>
    /// <param name="fileIds">Their IDs, each greater than 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fileIds"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An ID is less than 1. No file was added.</exception>
    /// <exception cref="ArgumentException">A file has been deleted permanently. No file was added.</exception>
    public void AddToRecycleBin(params IEnumerable<long> fileIds) => Add(fileIds, FileState.InRecycleBin);

    /// <summary>Tells where a file stands.</summary>
    /// <param name="fileId">The file's ID; any number.</param>
    /// <returns>Its state; <see cref="FileState.Unknown"/> if the drive has never held it.</returns>
    public FileState GetState(long fileId)
    {
        lock (_lock)
        {
            return _states.GetValueOrDefault(fileId);
        }
    }

    /// <summary>Counts the files of one state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Their number; 0 for <see cref="FileState.Unknown"/>.</returns>
    public int Count(FileState state)
    {
        lock (_lock)
        {
            return _states.Values.Count(each => each == state);
        }
    }

    /// <summary>Deletes files that are in the recycle bin, in one step.</summary>
    /// <param name="fileIds">The files to delete, none of them twice.</param>
    /// <param name="allOrNothing">Whether a single file outside the recycle bin keeps all of them from being deleted.</param>
    /// <returns>The files deleted by this call, and the files that were not in the recycle bin.</returns>
    internal (IReadOnlyList<long> Deleted, IReadOnlyList<long> Stale) Delete(IReadOnlyList<long> fileIds, bool allOrNothing)
    {
        lock (_lock)
        {
            var stale = fileIds.Where(id => _states.GetValueOrDefault(id) != FileState.InRecycleBin).ToArray();
            long[] deleted = allOrNothing && stale.Length > 0 ? [] : [.. fileIds.Except(stale)];
            foreach (var id in deleted)
            {
                _states[id] = FileState.Deleted;
            }

            _deleted.AddRange(deleted);
            return (deleted, stale);
        }
    }

    private void Add(IEnumerable<long> fileIds, FileState state)
    {
        ArgumentNullException.ThrowIfNull(fileIds);

        // Enumerated once, and before the lock: the caller's sequence may be slow, or ask this drive.
        long[] ids = [.. fileIds];
        foreach (var id in ids)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(id, 1, nameof(fileIds));
        }

        lock (_lock)
        {
            foreach (var id in ids)
            {
                if (_states.GetValueOrDefault(id) == FileState.Deleted)
                {
                    throw new ArgumentException($"File {id} has been deleted permanently.", nameof(fileIds));
                }
            }

            foreach (var id in ids)
            {
                _states[id] = state;
            }
        }
    }
}
