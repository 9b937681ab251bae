using Spectre.Console;

namespace Pan123.Cli;

/// <summary>The content of the recycle bin: all IDs, and the few names that are shown.</summary>
internal sealed class BinContent
{
    private const int MaxShown = 5;

    private readonly List<long> _fileIds = [];
    private readonly HashSet<long> _seen = [];
    private readonly HashSet<long> _foldersInBin = [];
    private readonly List<string> _names = [];
    private readonly FileTotal _total = new();

    /// <summary>The content of a folder comes before the folder, so that its IDs still exist when they are deleted.</summary>
    public IEnumerable<long> FileIds => Enumerable.Reverse(_fileIds);

    public long Count => _fileIds.Count;

    /// <summary>Whether a folder and something in it are both in the bin under their own IDs: then the content must be deleted before the folder.</summary>
    public bool IsNested { get; private set; }

    /// <param name="listed">Any file or folder, after its folder; those that are not in the bin are ignored.</param>
    public void Add(ListedFile listed)
    {
        var file = listed.File;

        // What is in a folder in the bin may not be marked, but goes with it.
        var isInFolderInBin = _foldersInBin.Contains(file.ParentFileId);
        if (file.IsFolder && (file.IsTrashed || isInFolderInBin))
        {
            _foldersInBin.Add(file.FileId);
        }

        // A file that was moved during the walk may come twice.
        if (!file.IsTrashed || !_seen.Add(file.FileId))
        {
            return;
        }

        _fileIds.Add(file.FileId);
        _total.Add(file);
        IsNested |= isInFolderInBin;

        if (_names.Count < MaxShown)
        {
            _names.Add(listed.Path + (file.IsFolder ? "" : $" ({ByteSize.Format(file.Size)})"));
        }
    }

    public void Show(IAnsiConsole console, Connection connection)
    {
        if (Count == 0)
        {
            console.MarkupLineLocalized($"There is nothing in the recycle bin.");
            return;
        }

        console.MarkupLineLocalized($"[bold]{_total}[/] in the recycle bin at {Connection.Describe(connection.Options.BaseAddress, connection.Profile)}:");
        foreach (var name in _names)
        {
            console.MarkupLineInterpolated($"  {FileName.Format(name, Math.Max(console.Profile.Width - 2, FileTable.MinNameWidth))}");
        }

        if (Count > _names.Count)
        {
            console.MarkupLineLocalized($"  … and {Count - _names.Count:N0} more; 'pan123 list --recursive --trashed' lists everything.");
        }

        if (_total.Folders > 0)
        {
            console.MarkupLineLocalized($"[olive]The content of these folders is deleted with them. It is counted only as far as the service marks it.[/]");
        }
    }
}
