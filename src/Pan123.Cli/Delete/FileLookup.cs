using System.Collections.Concurrent;
using System.Globalization;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>What the service says about the files to delete, for a person to read. Nothing that is sent depends on it.</summary>
/// <param name="fileIds">All files to delete. Only the first <see cref="MaxFiles"/> are looked up: more would take long, and nobody reads them.</param>
/// <param name="fileCount">How many these are.</param>
/// <param name="maxShown">How many files of each kind are shown.</param>
internal sealed class FileLookup(IEnumerable<long> fileIds, long fileCount, int maxShown)
{
    public const int MaxFiles = 1000;

    /// <summary>A person waits for it.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(30);

    private const int MaxRequestsInFlight = 4;

    private readonly long[] _fileIds = [.. fileIds.Take(MaxFiles)];
    private readonly ConcurrentDictionary<long, Pan123File?> _responses = [];
    private string? _failure;

    public int FileCount => _fileIds.Length;

    /// <summary>Whether the service has responded, so that there is more to show than IDs.</summary>
    public bool HasResponses => !_responses.IsEmpty;

    /// <summary>Looks nothing up.</summary>
    /// <param name="reason">Why, a sentence.</param>
    public void Skip(string reason) => _failure = reason;

    /// <summary>Looks them up. A failure is kept and shown: it says nothing about a deletion.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task RunAsync(IPan123Client client, ProgressTask progress, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(MaxDuration, timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxRequestsInFlight, CancellationToken = stop.Token };
        try
        {
            await Parallel.ForEachAsync(_fileIds.Chunk(GetFilesRequest.FileIdsMaxItems), options, async (chunk, stopped) =>
            {
                Add(chunk, await client.GetFilesAsync(chunk, stopped));
                progress.Increment(chunk.Length);
            });
        }
        catch (Exception failure) when (failure is Pan123Exception or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _failure = failure switch
            {
                OperationCanceledException => Texts.Of($"it took longer than {Duration.Format(MaxDuration)}."),
                _ => ErrorText.ReasonOf(failure),
            };
        }
    }

    public void Show(IAnsiConsole console)
    {
        var files = _fileIds.Select(fileId => _responses.GetValueOrDefault(fileId)).OfType<Pan123File>().ToList();
        var trashed = files.Where(file => file.IsTrashed).ToList();
        if (trashed.Count > 0)
        {
            ShowTrashed(trashed, console);
        }

        var others = files.Where(file => !file.IsTrashed).Select(file => file.FileId).ToList();
        if (others.Count > 0)
        {
            console.MarkupLineLocalized($"[olive]{Plural.Files(others.Count)} not in the recycle bin, which the service would reject:[/] {TextDeleteReport.List(others, maxShown)}");
        }

        var unknown = _fileIds.Where(fileId => _responses.TryGetValue(fileId, out var file) && file is null).ToList();
        if (unknown.Count > 0)
        {
            console.MarkupLineLocalized($"[olive]{Plural.Files(unknown.Count)} not known to the service, perhaps deleted already:[/] {TextDeleteReport.List(unknown, maxShown)}");
        }

        if (_failure is not null)
        {
            console.MarkupLineLocalized($"[olive]{Plural.Files(fileCount - _responses.Count)} could not be looked up:[/] {_failure}");
        }
        else if (fileCount > _fileIds.Length)
        {
            console.MarkupLineLocalized($"[dim]Only the first {Plural.Files(_fileIds.Length)} were looked up.[/]");
        }
    }

    private void Add(long[] chunk, IReadOnlyList<Pan123File> response)
    {
        // That the service omits unknown files is inferred from an example in its documentation.
        var known = response.ToLookup(file => file.FileId);
        foreach (var fileId in chunk)
        {
            _responses[fileId] = known[fileId].FirstOrDefault();
        }
    }

    private void ShowTrashed(List<Pan123File> trashed, IAnsiConsole console)
    {
        const int Indent = 2;
        const int Gap = 2;
        var rows = trashed.Take(maxShown).Select(file => (
            Id: file.FileId.ToString(CultureInfo.InvariantCulture), Name: file.Filename, Size: file.IsFolder ? Texts.Of($"folder") : ByteSize.Format(file.Size))).ToList();
        var nameWidth = console.Profile.Width - Indent - rows.Max(row => row.Id.Length) - Gap - Gap - rows.Max(row => row.Size.GetCellWidth());
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(Indent, 0, Gap, 0) });
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, Gap, 0) });
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0), Alignment = Justify.Right });
        foreach (var (id, name, size) in rows)
        {
            // Not as markup, which a name may look like.
            grid.AddRow(new Text(id, new Style(decoration: Decoration.Dim)), new Text(FileName.Format(name, Math.Max(nameWidth, 1))), new Text(size));
        }

        console.Write(grid);
        if (trashed.Count > rows.Count)
        {
            console.MarkupLineLocalized($"[dim]  … and {trashed.Count - rows.Count:N0} more; {DeleteCommand.Verbose} shows all.[/]");
        }

        var total = new FileTotal();
        trashed.ForEach(total.Add);
        var files = Texts.Of($"{Plural.Files(total.Files)} with {ByteSize.Format(total.Bytes)}");
        var folders = Plural.Of(total.Folders, $"{total.Folders:N0} folder with everything in it", $"{total.Folders:N0} folders with everything in them");
        var all = total switch
        {
            { Folders: 0 } => files,
            { Files: 0 } => folders,
            _ => Texts.Of($"{files}, and {folders}"),
        };
        console.MarkupLineLocalized($"In the recycle bin: [bold]{all}[/].");
    }
}
