namespace Pan123.Emulator;

/// <content>What requests do, each in one step.</content>
public sealed partial class EmulatedDrive
{
    // Only of requests whose effect is yet to come, so that a second one does not count its files again.
    private readonly HashSet<long> _toBeDeleted = [];

    /// <summary>Deletes files that are in the recycle bin.</summary>
    /// <param name="fileIds">The files to delete, none of them twice.</param>
    /// <param name="allOrNothing">Whether a single file outside the recycle bin keeps all of them from being deleted.</param>
    internal MoveResult Delete(IReadOnlyList<long> fileIds, bool allOrNothing) => Read(() =>
    {
        var (chosen, stale) = Choose(fileIds, FileState.InRecycleBin, allOrNothing);

        if (_options.AssumedEffectDelay == TimeSpan.Zero)
        {
            return new MoveResult(DeleteNow(chosen), stale, []);
        }

        IReadOnlyList<long> deleted = [.. WithContent(chosen).Where(_toBeDeleted.Add)];
        _effects.Add(() =>
        {
            // What was restored in the meantime, or deleted, is no longer there.
            DeleteNow(chosen.Where(id => _files.State(id) == FileState.InRecycleBin));
            _toBeDeleted.ExceptWith(deleted);
        });
        return new MoveResult(deleted, stale, []);
    });

    /// <summary>Moves active files and folders into the recycle bin.</summary>
    internal MoveResult Trash(IReadOnlyList<long> fileIds, bool allOrNothing) => Read(() =>
    {
        var (chosen, stale) = Choose(fileIds, FileState.Active, allOrNothing);
        _effects.Add(() =>
        {
            foreach (var id in chosen.Where(id => _files.OwnState(id) == FileState.Active))
            {
                _files.SetState(id, FileState.InRecycleBin);
            }
        });
        return new MoveResult(chosen, stale, []);
    });

    /// <summary>Restores files and folders that are in the recycle bin.</summary>
    /// <param name="fileIds">What to restore, none of it twice.</param>
    /// <param name="allOrNothing">Whether a single file outside the recycle bin keeps all of them there.</param>
    /// <param name="folderId">The folder into which they go; null for the one that each was in.</param>
    /// <returns>What was restored; null if the folder isn't there.</returns>
    internal MoveResult? Recover(IReadOnlyList<long> fileIds, bool allOrNothing, long? folderId) => Read(() =>
    {
        if (folderId is { } target && !(_files.IsFolder(target) && _files.IsLive(target)))
        {
            return null;
        }

        var (chosen, stale) = Choose(fileIds, FileState.InRecycleBin, allOrNothing);
        var (recovered, left) = (new List<long>(), chosen.ToList());

        // A folder may be named behind what is in it.
        for (var count = -1; count != left.Count;)
        {
            count = left.Count;
            left.RemoveAll(id =>
            {
                if (!_files.IsLive(folderId ?? _files.ParentOf(id)))
                {
                    return false;
                }

                _files.Move(id, folderId ?? _files.ParentOf(id));
                _files.SetState(id, FileState.Active);
                recovered.Add(id);
                return true;
            });
        }

        return new MoveResult(recovered, stale, left);
    });

    /// <summary>Looks files and folders up.</summary>
    /// <returns>Those that there are, in the order of their IDs in the request.</returns>
    internal IReadOnlyList<EmulatedFile> FindAll(IReadOnlyList<long> fileIds) => Read(() =>
        (EmulatedFile[])[.. fileIds.Select(_files.Find).OfType<EmulatedFile>().Where(file => file.State != FileState.Deleted)]);

    /// <summary>Lists files and folders by ID.</summary>
    /// <returns>A part of them; null if there is no such folder.</returns>
    internal FilePage? List(FileQuery query) => Read(() =>
    {
        if (query.SearchData is null && !_files.IsFolder(query.FolderId))
        {
            return null;
        }

        var ids = query.SearchData is null ? _files.IdsIn(query.FolderId, query.FirstId) : _files.AllIds(query.FirstId);
        ids = ids.Where(id => query.SearchData is null || query.Matches(_files.NameOf(id)));
        if (!_options.AssumedDeletedFilesLeaveGaps)
        {
            ids = ids.Where(IsThere);
        }

        // One more, at which the next page begins.
        var page = ids.Take(query.Limit + 1).ToList();
        var files = page.Take(query.Limit).Where(IsThere).Select(id => _files.Find(id)!).ToList();
        return new FilePage(files, page.Count > query.Limit ? page[^1] : null);
    });

    private bool IsThere(long id) => _files.OwnState(id) != FileState.Deleted;

    private (IReadOnlyList<long> Chosen, IReadOnlyList<long> Stale) Choose(IReadOnlyList<long> fileIds, FileState state, bool allOrNothing)
    {
        long[] stale = [.. fileIds.Where(id => _files.State(id) != state)];
        return stale.Length == 0 ? (fileIds, stale) : (allOrNothing ? [] : [.. fileIds.Except(stale)], stale);
    }

    private List<long> DeleteNow(IEnumerable<long> fileIds)
    {
        var all = WithContent(fileIds);
        foreach (var id in all)
        {
            _files.SetState(id, FileState.Deleted);
        }

        _deleted.AddRange(all);
        return all;
    }

    /// <summary>Files and folders, each followed by what goes with it when it is deleted.</summary>
    private List<long> WithContent(IEnumerable<long> fileIds)
    {
        var (all, count) = (new List<long>(), 0);
        foreach (var id in fileIds)
        {
            all.Add(id);
            count++;
            if (_options.AssumedFolderDeletionIncludesContent)
            {
                _files.AddContent(all);
            }
        }

        // Content may be named beside its folder.
        return all.Count == count ? all : [.. all.Distinct()];
    }
}
