namespace Pan123.Emulator;

/// <summary>The files and folders of a <see cref="Pan123Emulator"/>, kept in memory, without contents.</summary>
/// <remarks>
/// All members are thread-safe. A request deletes all its files in one step. A file that is added by its ID alone is in the root folder,
/// and its name and size are derived from the ID, such as <c>file-14705301.bin</c>.
/// </remarks>
public sealed partial class EmulatedDrive
{
    /// <summary>The ID of the root folder, which always exists: 0.</summary>
    public const long RootFolderId = 0;

    private readonly Lock _lock = new();
    private readonly Pan123EmulatorOptions _options;
    private readonly FileTable _files;
    private readonly DelayedEffects _effects;
    private readonly List<long> _deleted = [];

    internal EmulatedDrive(Pan123EmulatorOptions options)
    {
        _options = options;
        _files = new FileTable(options.TimeProvider.GetUtcNow(), options.AssumedContentIsMarkedAsTrashed);
        _effects = new DelayedEffects(options.TimeProvider, options.AssumedEffectDelay);
    }

    /// <summary>The IDs of all permanently deleted files and folders, in order of deletion: a copy.</summary>
    public IReadOnlyList<long> DeletedFileIds => Read(() => (long[])[.. _deleted]);

    /// <summary>The number of folders, including those in the recycle bin, without the root folder and those that were deleted.</summary>
    public int FolderCount => Read(_files.CountFolders);

    /// <summary>Adds active files to the root folder. Files that are in the recycle bin are recovered to their folders.</summary>
    /// <param name="fileIds">The IDs of the files, each greater than 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fileIds"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An ID is less than 1. No file was added.</exception>
    /// <exception cref="ArgumentException">A file has been deleted permanently. No file was added.</exception>
    public void AddActive(params IEnumerable<long> fileIds) => SetState(fileIds, FileState.Active);

    /// <summary>Adds files to the recycle bin. Active files and folders are moved there.</summary>
    /// <param name="fileIds">The IDs of the files, each greater than 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fileIds"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An ID is less than 1. No file was added.</exception>
    /// <exception cref="ArgumentException">A file has been deleted permanently. No file was added.</exception>
    public void AddToRecycleBin(params IEnumerable<long> fileIds) => SetState(fileIds, FileState.InRecycleBin);

    /// <summary>Adds a folder.</summary>
    /// <param name="name">The name of the folder.</param>
    /// <param name="parentFolderId">The ID of its parent folder.</param>
    /// <param name="folderId">The ID of the folder, greater than 0; null for a new one.</param>
    /// <returns>The ID of the folder.</returns>
    /// <exception cref="ArgumentException">
    /// The name is null, empty or white space, the ID is in use, or <paramref name="parentFolderId"/> is not the ID of a folder.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The ID is less than 1.</exception>
    public long AddFolder(string name, long parentFolderId = RootFolderId, long? folderId = null) =>
        Add(name, parentFolderId, folderId, isFolder: true, size: 0, createdAt: null);

    /// <summary>Adds a file.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="size">The size in bytes, at least 0.</param>
    /// <param name="parentFolderId">The ID of its folder.</param>
    /// <param name="fileId">The ID of the file, greater than 0; null for a new one.</param>
    /// <param name="createdAt">When the file was created and last changed; null for now.</param>
    /// <returns>The ID of the file.</returns>
    /// <exception cref="ArgumentException">
    /// The name is null, empty or white space, the ID is in use, or <paramref name="parentFolderId"/> is not the ID of a folder.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The ID is less than 1, or the size is less than 0.</exception>
    public long AddFile(
        string name, long size = 0, long parentFolderId = RootFolderId, long? fileId = null, DateTimeOffset? createdAt = null) =>
        Add(name, parentFolderId, fileId, isFolder: false, size, createdAt);

    /// <summary>Adds files and folders, described in JSON, to the root folder.</summary>
    /// <param name="json">
    /// An array of objects such as <c>{"name": "Photos", "children": [{"name": "a.jpg", "size": 1000, "trashed": true}]}</c>. An object
    /// with <c>children</c> is a folder. All properties but <c>name</c> are optional: <c>id</c>, <c>size</c> in bytes, <c>trashed</c>,
    /// <c>createdAt</c> and <c>updatedAt</c> as in RFC 3339. Comments and commas before a closing bracket are allowed.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">
    /// The text is not such an array, or an ID is in use. The message says where. Nothing was added.
    /// </exception>
    public void AddTree(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var nodes = new TreeReader(_options.TimeProvider.GetUtcNow()).Read(json);
        lock (_lock)
        {
            TreeNode.AddAll(nodes, _files);
        }
    }

    /// <summary>Finds a file or folder.</summary>
    /// <param name="fileId">The ID of the file or folder; any number.</param>
    /// <returns>The file or folder, even if it was deleted; null if the drive has never contained it.</returns>
    public EmulatedFile? Find(long fileId) => Read(() => _files.Find(fileId));

    /// <summary>Gets the state of a file or folder.</summary>
    /// <param name="fileId">The ID of the file or folder; any number.</param>
    /// <returns>The state; <see cref="FileState.Unknown"/> if the drive has never contained the file or folder.</returns>
    public FileState GetState(long fileId)
    {
        lock (_lock)
        {
            _effects.ApplyDue();
            return _files.State(fileId);
        }
    }

    /// <summary>Counts the files and folders in a state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Their number; 0 for <see cref="FileState.Unknown"/>.</returns>
    public int Count(FileState state) => Read(() => _files.Count(state));

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            _effects.ApplyDue();
            return read();
        }
    }

    private void SetState(IEnumerable<long> fileIds, FileState state)
    {
        ArgumentNullException.ThrowIfNull(fileIds);

        // Enumerated once, and before the lock: the caller's sequence may be slow, or call this drive.
        long[] ids = [.. fileIds];
        foreach (var id in ids)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(id, 1, nameof(fileIds));
        }

        lock (_lock)
        {
            _effects.ApplyDue();
            if (_deleted.Count > 0 && ids.FirstOrDefault(id => _files.OwnState(id) == FileState.Deleted) is var deleted and not 0)
            {
                throw new ArgumentException($"File {deleted} has been deleted permanently.", nameof(fileIds));
            }

            foreach (var id in ids)
            {
                _files.SetState(id, state);
            }
        }
    }

    private long Add(string name, long parentFolderId, long? fileId, bool isFolder, long size, DateTimeOffset? createdAt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (fileId is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(fileId));
        }

        var time = createdAt ?? _options.TimeProvider.GetUtcNow();
        var entry = new DriveEntry { Name = name, IsFolder = isFolder, Size = size, CreatedAt = time, UpdatedAt = time, ParentId = parentFolderId };
        lock (_lock)
        {
            _effects.ApplyDue();
            if (!_files.IsFolder(parentFolderId))
            {
                throw new ArgumentException($"{parentFolderId} is not the ID of a folder.", nameof(parentFolderId));
            }

            if (fileId is { } id && _files.Contains(id))
            {
                throw new ArgumentException($"The ID {id} is in use.", nameof(fileId));
            }

            var added = fileId ?? _files.IssueId();
            _files.Add(added, entry, FileState.Active);
            return added;
        }
    }
}
