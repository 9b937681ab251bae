using System.CommandLine;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary><c>pan123 list</c></summary>
internal sealed class ListCommand : Command
{
    private readonly Argument<long> _folderId = new("folder-id")
    {
        Description = Texts.Of($"The ID of a folder; 0 for the root folder."),
        CustomParser = FolderId.Parse,
        DefaultValueFactory = _ => FolderId.Root,
    };

    private readonly FlagOption _recursive = new("--recursive", "-r") { Description = Texts.Of($"List subfolders too, including those in the recycle bin. Each folder takes a request.") };
    private readonly FlagOption _trashed = new("--trashed")
    {
        Description = Texts.Of($"List only what is in the recycle bin. With --recursive, files are found in whatever folder they were, since the platform has no separate list of the recycle bin. It is not documented whether the content of a folder in the recycle bin is marked too."),
    };

    private readonly Option<string?> _name = new("--name") { Description = Texts.Of($"List only names that match this pattern: * stands for any characters, ? for one. The case is ignored."), HelpName = "pattern" };
    private readonly ParsedOption<long> _largerThan = new("--larger-than", ByteSize.Parse, Texts.Of($"a size such as 1000, 10MB or 1.5GiB"))
    {
        Description = Texts.Of($"List only files that are larger than this, such as 1000 (bytes), 10MB or 1.5GiB."),
        HelpName = "size",
    };

    private readonly ParsedOption<TimeSpan> _olderThan = new("--older-than", Age.Parse, Texts.Of($"days or hours, such as 30d or 12h"))
    {
        Description = Texts.Of($"List only what was created longer ago than this, such as 30d or 12h. The service writes times without an offset, which is assumed to be that of China, UTC+8. Files without a readable time are omitted and counted."),
        HelpName = "age",
    };

    private readonly FlagOption _ids = new("--ids") { Description = Texts.Of($"Write only IDs, one per line, as 'pan123 delete --from -' reads them.") };
    private readonly FlagOption _json = new(DeleteCommand.Json) { Description = Texts.Of($"Write one line of JSON for each file.") };
    private readonly ConnectionOptions _connection = new();
    private readonly ProcessContext _context;

    public ListCommand(ProcessContext context)
        : base("list", Texts.Of($"Lists the content of a folder, including files in the recycle bin that were in this folder before. Exit code 0 means that the list is complete."))
    {
        _context = context;

        Add(_folderId);
        Add(_recursive);
        Add(_trashed);
        Add(_name);
        Add(_largerThan);
        Add(_olderThan);
        Add(_ids);
        Add(_json);
        _connection.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken _)
    {
        if (arguments.GetValue(_ids) && arguments.GetValue(_json))
        {
            throw new UsageException(Texts.Of($"{_ids.Name} and {_json.Name} exclude each other."));
        }

        using var connection = _connection.Connect(_context, arguments, _context.Terminal);
        var filter = ReadFilter(arguments);
        var (walk, total) = (new FolderWalk(connection.Client), new FileTotal());
        try
        {
            var write = CreateWriter(arguments);
            await foreach (var file in walk.ListAsync(arguments.GetValue(_folderId), arguments.GetValue(_recursive), _context.Interruption.GracefulStop))
            {
                if (filter.Matches(file.File))
                {
                    total.Add(file.File);
                    write(file);
                }
            }
        }
        catch (ListingException) when (_context.Terminal.Failure is not null)
        {
            return ExitCode.Unknown;
        }
        catch (ListingException failure)
        {
            throw new ListingException(Texts.Of($"{failure.Message} The list is not complete."), failure.ExitCode, failure);
        }

        if (filter.WithoutTime > 0)
        {
            _context.Terminal.Messages.MarkupLineLocalized($"[olive]{Plural.Files(filter.WithoutTime)} omitted by {_olderThan.Name}: the creation time cannot be read.[/]");
        }

        _context.Terminal.Messages.MarkupLineInterpolated($"[dim]{total}[/]");
        foreach (var folder in walk.ClosedFolders)
        {
            _context.Terminal.Messages.MarkupLineInterpolated($"[olive]{folder}[/]");
        }

        return walk.ClosedFolders.Count == 0 ? ExitCode.Success : ExitCode.Rejected;
    }

    private FileFilter ReadFilter(ParseResult arguments) => new()
    {
        IsTrashed = arguments.GetValue(_trashed),
        Name = arguments.GetValue(_name),
        LargerThan = arguments.GetValue(_largerThan),
        Before = _context.TimeProvider.GetUtcNow() - arguments.GetValue(_olderThan),
    };

    private Action<ListedFile> CreateWriter(ParseResult arguments)
    {
        var terminal = _context.Terminal;
        if (arguments.GetValue(_ids))
        {
            return file => terminal.Json.WriteLine(file.File.FileId);
        }

        if (arguments.GetValue(_json))
        {
            return new FileJsonLines(terminal.Json).Write;
        }

        return new FileTable(terminal.Results).Write;
    }
}
