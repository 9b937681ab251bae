namespace Pan123.Emulator;

/// <content>What requests do, each in one step.</content>
public sealed partial class EmulatedDrive
{
    // Of requests whose effect is still pending, so that a second request does not count the same files.
    private readonly HashSet<long> _toBeDeleted = [];

    /// <summary>Deletes files that are in the recycle bin.</summary>
    /// <param name="fileIds">The files to delete, without duplicates.</param>
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
            // Some files may have been recovered or deleted in the meantime.
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

    /// <summary>Recovers files and folders that are in the recycle bin.</summary>
    /// <param name="fileIds">The files and folders to recover, without duplicates.</param>
    /// <param name="allOrNothing">Whether a single file outside the recycle bin keeps all of them from being recovered.</param>
    /// <param name="folderId">The target folder; null for the former folder of each file.</param>
    /// <returns>What was recovered; null if the target folder does not exist.</returns>
    internal MoveResult? Recover(IReadOnlyList<long> fileIds, bool allOrNothing, long? folderId) => Read(() =>
    {
        if (folderId is { } target && !(_files.IsFolder(target) && _files.IsLive(target)))
        {
            return null;
        }

        var (chosen, stale) = Choose(fileIds, FileState.InRecycleBin, allOrNothing);
        var (recovered, left) = (new List<long>(), chosen.ToList());

        // A folder may follow its own content in the request.
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

    /// <summary>Looks up files and folders.</summary>
    /// <returns>Those that exist, in the order of their IDs in the request.</returns>
    internal IReadOnlyList<EmulatedFile> FindAll(IReadOnlyList<long> fileIds) => Read(() =>
        (EmulatedFile[])[.. fileIds.Select(_files.Find).OfType<EmulatedFile>().Where(file => file.State != FileState.Deleted)]);

    /// <summary>Lists files and folders by ID.</summary>
    /// <returns>A page of them; null if there is no such folder.</returns>
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

        // One more, with which the next page begins.
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

    /// <summary>Files and folders, each followed by the content that is deleted with it.</summary>
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

        // The request may name content together with its folder.
        return all.Count == count ? all : [.. all.Distinct()];
    }
}
