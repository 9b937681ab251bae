namespace Pan123.Emulator;

/// <summary>
/// All files and folders, by ID and by folder. An ID alone costs an entry in one dictionary, since tests add millions.
/// Not thread-safe.
/// </summary>
/// <param name="createdAt">The time of files that were added by their ID alone.</param>
/// <param name="contentIsTrashed">Whether the content of a folder in the recycle bin counts as being in the recycle bin.</param>
internal sealed class FileTable(DateTimeOffset createdAt, bool contentIsTrashed)
{
    // Above 32 bits, so that a program that cannot handle them fails.
    private const long FirstIssuedId = 1_100_000_000_001;

    private readonly Dictionary<long, FileState> _states = [];
    private readonly Dictionary<long, DriveEntry> _entries = [];

    // Those of the root folder, and all IDs: only after the first request for them.
    private readonly Dictionary<long, SortedIds> _children = [];
    private SortedIds? _all;

    private long _nextId = FirstIssuedId;

    /// <summary>Whether there is, or was, a file or folder with this ID.</summary>
    public bool Contains(long id) => _states.ContainsKey(id);

    /// <summary>The state of the file itself, regardless of its folder.</summary>
    public FileState OwnState(long id) => _states.GetValueOrDefault(id);

    /// <summary>The state as the service would report it.</summary>
    public FileState State(long id)
    {
        var own = OwnState(id);
        return own == FileState.Active && contentIsTrashed && !IsLive(ParentOf(id)) ? FileState.InRecycleBin : own;
    }

    public int Count(FileState state) =>
        _entries.Count == 0 || !contentIsTrashed ? _states.Values.Count(each => each == state) : _states.Keys.Count(id => State(id) == state);

    public int CountFolders() => _entries.Count(pair => pair.Value.IsFolder && OwnState(pair.Key) != FileState.Deleted);

    /// <summary>Whether an ID is that of the root folder, or of an active file or folder whose folders are all active.</summary>
    public bool IsLive(long id)
    {
        for (; id != EmulatedDrive.RootFolderId; id = ParentOf(id))
        {
            if (OwnState(id) != FileState.Active)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether an ID is that of a folder that has not been deleted.</summary>
    public bool IsFolder(long id) =>
        id == EmulatedDrive.RootFolderId || (_entries.GetValueOrDefault(id)?.IsFolder == true && OwnState(id) != FileState.Deleted);

    public long ParentOf(long id) => _entries.GetValueOrDefault(id)?.ParentId ?? EmulatedDrive.RootFolderId;

    public EmulatedFile? Find(long id) => Contains(id) ? FileDetails.Describe(id, EntryOf(id), State(id)) : null;

    public string NameOf(long id) => EntryOf(id).Name;

    /// <summary>Sets the state of a file, and adds it by its ID alone if it does not exist.</summary>
    public void SetState(long id, FileState state)
    {
        var count = _states.Count;
        _states[id] = state;
        if (_states.Count > count)
        {
            _children.GetValueOrDefault(EmulatedDrive.RootFolderId)?.Add(id);
            _all?.Add(id);
        }
    }

    /// <summary>Adds a file or folder whose ID is not in use.</summary>
    public void Add(long id, DriveEntry entry, FileState state)
    {
        _entries.Add(id, entry);
        _states.Add(id, state);
        _all?.Add(id);
        if (_children.TryGetValue(entry.ParentId, out var siblings))
        {
            siblings.Add(id);
        }
        else if (entry.ParentId != EmulatedDrive.RootFolderId)
        {
            _children.Add(entry.ParentId, new SortedIds([id]));
        }
    }

    /// <summary>An ID that is not in use.</summary>
    public long IssueId()
    {
        while (Contains(_nextId))
        {
            _nextId++;
        }

        return _nextId++;
    }

    public void Move(long id, long folderId)
    {
        var (entry, former) = (EntryOf(id), ParentOf(id));
        if (former == folderId)
        {
            return;
        }

        // Both lists are created before the move, or a new one would already contain the file.
        var (from, to) = (ChildrenOf(former), ChildrenOf(folderId));
        from.Remove(id);
        to.Add(id);
        entry.ParentId = folderId;
        _entries[id] = entry;
    }

    /// <summary>
    /// The IDs of the content of a folder, including what was moved to the recycle bin or deleted, from an ID on, in ascending order.
    /// </summary>
    public IEnumerable<long> IdsIn(long folderId, long firstId) => ChildrenOf(folderId).From(firstId);

    /// <summary>All IDs that exist or existed, from an ID on, in ascending order.</summary>
    public IEnumerable<long> AllIds(long firstId) => (_all ??= new SortedIds(_states.Keys)).From(firstId);

    /// <summary>Adds all content that was moved to the recycle bin with a folder, to a list that ends with the folder.</summary>
    /// <remarks>What was in the recycle bin before stays there when the folder is deleted; then its folder no longer exists.</remarks>
    public void AddContent(List<long> folder)
    {
        for (var i = folder.Count - 1; i < folder.Count; i++)
        {
            if (_children.TryGetValue(folder[i], out var children))
            {
                folder.AddRange(children.From(1).Where(child => OwnState(child) == FileState.Active));
            }
        }
    }

    private DriveEntry EntryOf(long id) => _entries.GetValueOrDefault(id) ?? FileDetails.OfBareId(id, createdAt);

    private SortedIds ChildrenOf(long folderId)
    {
        if (!_children.TryGetValue(folderId, out var children))
        {
            children = new SortedIds(folderId == EmulatedDrive.RootFolderId ? _states.Keys.Where(id => ParentOf(id) == folderId) : []);
            _children.Add(folderId, children);
        }

        return children;
    }
}
