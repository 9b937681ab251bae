using System.CommandLine;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary><c>pan123 empty</c></summary>
internal sealed class EmptyCommand : Command
{
    private readonly FlagOption _dryRun = new("--dry-run", "-n") { Description = Texts.Of($"Show what would be deleted, but delete nothing. All folders are walked nevertheless.") };
    private readonly FlagOption _yes = new("--yes", "-y") { Description = Texts.Of($"Delete without asking.") };
    private readonly NumberOption<int> _maxDelete = new("--max-delete", 1, int.MaxValue) { Description = Texts.Of($"Delete nothing if there are more files and folders in the recycle bin than this.") };
    private readonly FlagOption _json = new(DeleteCommand.Json) { Description = Texts.Of($"Write one line of JSON for each batch, and one with the totals at the end, as 'pan123 delete' does.") };
    private readonly FlagOption _verbose = new(DeleteCommand.Verbose) { Description = Texts.Of($"Write all IDs of a batch that was not deleted, instead of the first few.") };
    private readonly ConnectionOptions _connection = new();
    private readonly ProcessContext _context;

    public EmptyCommand(ProcessContext context)
        : base("empty", Texts.Of($"Permanently deletes everything in the recycle bin. The platform has no list of the recycle bin, so all folders are walked first, with a request for each. The deletion cannot be undone, so the command asks first."))
    {
        _context = context;

        Add(_dryRun);
        Add(_yes);
        Add(_maxDelete);
        Add(_json);
        Add(_verbose);
        _connection.AddTo(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken _)
    {
        try
        {
            return await EmptyAsync(arguments, _context.Terminal, _context.Interruption.GracefulStop);
        }
        catch (Exception ended) when (ended is OperationCanceledException or ListingException && _context.Terminal.Failure is not null)
        {
            return ExitCode.Unknown;
        }
        catch (ListingException failure)
        {
            throw new ListingException(Texts.Of($"{failure.Message} Nothing was deleted."), failure.ExitCode, failure);
        }
        catch (OperationCanceledException)
        {
            // The question still stands on the line.
            _context.Terminal.Questions?.WriteLine();
            throw new UsageException(Texts.Of($"The command was cancelled. Nothing was deleted."));
        }
    }

    private async Task<int> EmptyAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var started = _context.TimeProvider.GetTimestamp();
        CheckConsent(arguments, terminal);
        using var connection = _connection.Connect(_context, arguments, terminal);
        var content = await FindAsync(connection, terminal, cancellationToken);
        var plan = new DeletePlan(FileIdList.Of(content.FileIds), connection.Options, connection.Profile, history: null);
        DeleteReport report = arguments.GetValue(_json)
            ? new JsonDeleteReport(terminal.Json) { Profile = connection.Profile }
            : new TextDeleteReport(terminal.Results) { Profile = connection.Profile, MaxFileIds = arguments.GetValue(_verbose) ? int.MaxValue : TextDeleteReport.FewFileIds };

        if (arguments.GetValue(_dryRun))
        {
            content.Show(arguments.GetValue(_json) ? terminal.Messages : terminal.Results, connection);
            if (arguments.GetValue(_json))
            {
                report.DryRun(plan, _context.TimeProvider.GetElapsedTime(started));
            }

            return ExitCode.Success;
        }

        if (content.Count > arguments.GetValue(_maxDelete))
        {
            throw new UsageException(Texts.Of($"There are {Plural.Files(content.Count)} in the recycle bin, and {_maxDelete.Name} allows {arguments.GetValue(_maxDelete):N0}. Nothing was deleted."));
        }

        if (content.Count == 0)
        {
            content.Show(terminal.Messages, connection);
        }
        else if (!arguments.GetValue(_yes))
        {
            content.Show(terminal.Questions!, connection);
            if (!await Confirmation.AskAsync(terminal.Questions!, Texts.Of($"Delete permanently? This cannot be undone."), content.Count, cancellationToken))
            {
                throw new UsageException(Texts.Of($"Nothing was deleted."));
            }
        }

        var options = new DeleteBatchOptions
        {
            // Some may have been deleted since they were listed, or have expired.
            IsolateRejected = true,
            // One batch after the other, if the order counts.
            Concurrency = content.IsNested ? 1 : new DeleteBatchOptions().Concurrency,
        };
        var run = new DeleteRun(connection.Client, journal: null, plan, options, report, terminal.Messages, _context.Interruption);
        await using (_context.Interruption.Announce(terminal.Messages))
        {
            await ProgressDisplay.For(terminal, arguments.GetValue(_json), _context.TimeProvider).ShowAsync(plan.FileCount, run.RunAsync);
        }

        report.Close(run.Totals, terminal.Failure is null ? run.Totals.ExitCode : ExitCode.Unknown, _context.TimeProvider.GetElapsedTime(started));
        return run.Totals.ExitCode;
    }

    /// <exception cref="UsageException">There is nobody to ask. This is reported before all folders are walked.</exception>
    private void CheckConsent(ParseResult arguments, Terminal terminal)
    {
        if (!arguments.GetValue(_yes) && !arguments.GetValue(_dryRun) && terminal.Questions is null)
        {
            throw new UsageException(Texts.Of($"The deletion is permanent, and there is no terminal to ask on. Add {_yes.Name} to delete without asking."));
        }
    }

    private async Task<BinContent> FindAsync(Connection connection, Terminal terminal, CancellationToken cancellationToken)
    {
        var (walk, content) = (new FolderWalk(connection.Client), new BinContent());
        await new WalkProgress(terminal, _context.TimeProvider).ShowAsync(
            () => Texts.Of($"{Plural.Folders(walk.FolderCount)} walked, {Plural.Files(content.Count)} in the recycle bin."),
            async () =>
            {
                await foreach (var file in walk.ListAsync(FolderId.Root, recursive: true, cancellationToken))
                {
                    content.Add(file);
                }
            });
        foreach (var folder in walk.ClosedFolders)
        {
            terminal.Messages.MarkupLineInterpolated($"[olive]{folder}[/]");
        }

        return content;
    }
}
