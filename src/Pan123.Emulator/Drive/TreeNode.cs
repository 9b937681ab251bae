namespace Pan123.Emulator;

/// <summary>A file or folder of a tree, as it was read.</summary>
/// <param name="Place">Its place in the JSON, such as <c>$[0].children[2]</c>.</param>
/// <param name="Id">Its ID; null for a new one.</param>
/// <param name="IsTrashed">Whether it is in the recycle bin.</param>
/// <param name="Entry">Its other data; its folder is not known yet.</param>
/// <param name="Children">The content of the folder.</param>
internal sealed record TreeNode(string Place, long? Id, bool IsTrashed, DriveEntry Entry, IReadOnlyList<TreeNode> Children)
{
    /// <summary>Adds all nodes to the root folder, or none if an ID is in use.</summary>
    public static void AddAll(IReadOnlyList<TreeNode> nodes, FileTable files)
    {
        var ids = new HashSet<long>();
        foreach (var node in nodes.SelectMany(each => each.WithDescendants()))
        {
            if (node.Id is { } id && (files.Contains(id) || !ids.Add(id)))
            {
                throw new FormatException($"{node.Place}: the id {id} is in use.");
            }
        }

        foreach (var node in nodes)
        {
            node.Add(EmulatedDrive.RootFolderId, files, ids);
        }
    }

    private IEnumerable<TreeNode> WithDescendants() => Children.SelectMany(child => child.WithDescendants()).Prepend(this);

    private void Add(long folderId, FileTable files, HashSet<long> taken)
    {
        long id;
        do
        {
            id = Id ?? files.IssueId();
        }
        while (Id is null && taken.Contains(id));

        Entry.ParentId = folderId;
        files.Add(id, Entry, IsTrashed ? FileState.InRecycleBin : FileState.Active);
        foreach (var child in Children)
        {
            child.Add(id, files, taken);
        }
    }
}
