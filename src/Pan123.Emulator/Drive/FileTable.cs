namespace Pan123.Emulator;

/// <summary>
/// All files and folders by ID, and which are in which folder. An ID alone costs an entry in one dictionary, since tests add millions.
/// Not thread-safe.
/// </summary>
/// <param name="createdAt">The time of files that are known by their ID alone.</param>
/// <param name="contentIsTrashed">Whether what is in a folder in the recycle bin counts as being in the bin too.</param>
internal sealed class FileTable(DateTimeOffset createdAt, bool contentIsTrashed)
{
    // Above 32 bits, as documented IDs are, so that a program which is not made for them is found out.
    private const long FirstIssuedId = 1_100_000_000_001;

    private readonly Dictionary<long, FileState> _states = [];
    private readonly Dictionary<long, DriveEntry> _entries = [];

    // Of the root folder, and of all, only once somebody asked for it.
    private readonly Dictionary<long, SortedIds> _children = [];
    private SortedIds? _all;

    private long _nextId = FirstIssuedId;

    /// <summary>Tells whether there is, or was, a file or folder of this ID.</summary>
    public bool Contains(long id) => _states.ContainsKey(id);

    /// <summary>The state that was set, whatever became of the folder.</summary>
    public FileState OwnState(long id) => _states.GetValueOrDefault(id);

    /// <summary>The state as the service would tell it.</summary>
    public FileState State(long id)
    {
        var own = OwnState(id);
        return own == FileState.Active && contentIsTrashed && !IsLive(ParentOf(id)) ? FileState.InRecycleBin : own;
    }

    public int Count(FileState state) =>
        _entries.Count == 0 || !contentIsTrashed ? _states.Values.Count(each => each == state) : _states.Keys.Count(id => State(id) == state);

    public int CountFolders() => _entries.Count(pair => pair.Value.IsFolder && OwnState(pair.Key) != FileState.Deleted);

    /// <summary>Tells whether an ID is the root folder's, or that of a file or folder which is active, as all folders are that it is in.</summary>
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

    /// <summary>Tells whether an ID is that of a folder which has not been deleted.</summary>
    public bool IsFolder(long id) =>
        id == EmulatedDrive.RootFolderId || (_entries.GetValueOrDefault(id)?.IsFolder == true && OwnState(id) != FileState.Deleted);

    public long ParentOf(long id) => _entries.GetValueOrDefault(id)?.ParentId ?? EmulatedDrive.RootFolderId;

    public EmulatedFile? Find(long id) => Contains(id) ? FileDetails.Describe(id, EntryOf(id), State(id)) : null;

    public string NameOf(long id) => EntryOf(id).Name;

    /// <summary>Sets the state of a file, and adds it by its ID alone if it isn't there.</summary>
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

        // Both before it moves, or a list that is made just then would have it already.
        var (from, to) = (ChildrenOf(former), ChildrenOf(folderId));
        from.Remove(id);
        to.Add(id);
        entry.ParentId = folderId;
        _entries[id] = entry;
    }

    /// <summary>What is in a folder, or was before it went into the recycle bin or was deleted, from an ID on, by ID.</summary>
    public IEnumerable<long> IdsIn(long folderId, long firstId) => ChildrenOf(folderId).From(firstId);

    /// <summary>All there is and was, from an ID on, by ID.</summary>
    public IEnumerable<long> AllIds(long firstId) => (_all ??= new SortedIds(_states.Keys)).From(firstId);

    /// <summary>Adds all that went into the recycle bin along with a folder, to a list that ends in the folder.</summary>
    /// <remarks>What was in the bin before stays there when the folder is deleted, and then its parent no longer exists.</remarks>
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
