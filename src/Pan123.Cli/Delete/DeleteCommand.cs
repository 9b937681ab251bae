using System.CommandLine;
using Pan123.Emulator;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary><c>pan123 delete</c></summary>
internal sealed class DeleteCommand : Command
{
    public const string Json = "--json";
    public const string Isolate = "--isolate";
    public const string Verbose = "--verbose";

    private readonly Argument<string[]> _fileIds = new("id") { Description = Texts.Of($"The IDs of files in the recycle bin. Any number of IDs can be given.") };
    private readonly Option<string[]> _from = FileIdList.FromOption();
    private readonly FlagOption _dryRun = new("--dry-run", "-n") { Description = Texts.Of($"Check everything and show what would be deleted, but delete nothing. This works without credentials, but then no file is looked up.") };
    private readonly FlagOption _noLookup = new("--no-lookup") { Description = Texts.Of($"Do not look files up before the question, in a dry run, or with --emulator: show their IDs without names and sizes.") };
    private readonly FlagOption _yes = new("--yes", "-y") { Description = Texts.Of($"Delete without asking.") };
    private readonly NumberOption<int> _maxDelete = new("--max-delete", 1, int.MaxValue) { Description = Texts.Of($"Send nothing if there are more files to delete than this.") };
    private readonly FlagOption _json = new(Json) { Description = Texts.Of($"Write one line of JSON for each batch, and one with the totals at the end.") };
    private readonly FlagOption _quiet = new("--quiet", "-q") { Description = Texts.Of($"Write only errors, files that were not deleted, and the question.") };
    private readonly FlagOption _verbose = new(Verbose) { Description = Texts.Of($"Write all names and IDs of the files to delete, and all IDs of a batch that was not deleted, instead of the first few.") };
    private readonly FlagOption _isolate = new(Isolate)
    {
        Description = Texts.Of($"When the service rejects a batch because of its IDs, split the batch until the IDs that cause the rejection are found, and delete the other files."),
    };

    private readonly FlagOption _stopOnFailure = new("--stop-on-failure") { Description = Texts.Of($"Start no new batch after the first one that is not deleted.") };
    private readonly FlagOption _confirm = new("--confirm")
    {
        Description = Texts.Of($"Look up files whose outcome is unknown. Files that the service no longer knows count as deleted, and files that are still in the recycle bin are sent again. That the service no longer knows deleted files is inferred from its documentation. This is the default when a journal is continued."),
    };

    private readonly FlagOption _noConfirm = new("--no-confirm") { Description = Texts.Of($"Do not look files up when a journal is continued.") };

    private readonly NumberOption<int> _concurrency = new("--concurrency", 1, int.MaxValue, new DeleteBatchOptions().Concurrency)
    {
        Description = Texts.Of($"The maximum number of batches in flight."),
    };

    private readonly Option<string?> _journal = new("--journal")
    {
        Description = Texts.Of($"Write each batch to this file before it is sent and when its outcome is known. Run the same command again to continue."),
        HelpName = "file",
    };

    private readonly FlagOption _sameAccount = new("--same-account")
    {
        Description = Texts.Of($"Continue a journal that was started with other credentials of the same account."),
    };

    private readonly FlagOption _emulator = new("--emulator")
    {
        Description = Texts.Of($"Try the command without an account: start an emulator of the service in this process, and delete these files from it."),
    };

    private readonly ConnectionOptions _connection = new();
    private readonly ProcessContext _context;

    public DeleteCommand(ProcessContext context)
        : base("delete", Texts.Of($"Permanently deletes files that are in the recycle bin. This cannot be undone, so the command asks first."))
    {
        _context = context;

        Add(_fileIds);
        Add(_from);
        Add(_dryRun);
        Add(_noLookup);
        Add(_yes);
        Add(_maxDelete);
        Add(_isolate);
        Add(_stopOnFailure);
        Add(_confirm);
        Add(_noConfirm);
        Add(_concurrency);
        Add(_connection.RequestsPerSecond);
        Add(_journal);
        Add(_sameAccount);
        Add(_json);
        Add(_quiet);
        Add(_verbose);
        Add(_emulator);
        Add(_connection.Profile);
        Add(_connection.BaseAddress);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken _)
    {
        var terminal = arguments.GetValue(_quiet) ? _context.Terminal.Silence() : _context.Terminal;
        try
        {
            Check(arguments);
            return await DeleteAsync(arguments, terminal, _context.Interruption.GracefulStop);
        }
        catch (OperationCanceledException) when (terminal.Failure is not null)
        {
            return ExitCode.Unknown;
        }
        catch (OperationCanceledException)
        {
            // The question still stands on the line.
            terminal.Questions?.WriteLine();
            throw new UsageException(Texts.Of($"The command was cancelled. Nothing was sent."));
        }
    }

    /// <exception cref="UsageException">Options do not go together.</exception>
    private void Check(ParseResult arguments)
    {
        if (arguments.GetValue(_emulator) && arguments.GetValue(_connection.BaseAddress) is not null)
        {
            throw new UsageException(Texts.Of($"{_emulator.Name} and {_connection.BaseAddress.Name} exclude each other: the emulator has its own address."));
        }

        if (arguments.GetValue(_confirm) && arguments.GetValue(_noConfirm))
        {
            throw new UsageException(Texts.Of($"{_confirm.Name} and {_noConfirm.Name} exclude each other."));
        }

        if (arguments.GetValue(_emulator) && arguments.GetValue(_connection.Profile) is not null)
        {
            throw new UsageException(Texts.Of($"{_emulator.Name} and {_connection.Profile.Name} exclude each other: the emulator has its own access token."));
        }

        if (arguments.GetValue(_emulator) && arguments.GetValue(_journal) is not null)
        {
            throw new UsageException(Texts.Of($"{_emulator.Name} and {_journal.Name} exclude each other: the files of this emulator are gone when the process ends. Start an emulator with 'pan123 emulator' instead."));
        }

        // Half of the time that a call has, so that there is time left for the request.
        var (concurrency, limit) = (arguments.GetValue(_concurrency)!.Value, arguments.GetValue(_connection.RequestsPerSecond)!.Value);
        var longest = new Pan123ClientOptions().TotalTimeout / 2;
        if (concurrency / limit > longest.TotalSeconds)
        {
            throw new UsageException(Texts.Of($"{_concurrency.Name} {concurrency} is too high for {_connection.RequestsPerSecond.Name} {limit}: a request would wait too long for its turn. Give at most {longest.TotalSeconds:F0} times the rate."));
        }
    }

    private async Task<int> DeleteAsync(ParseResult arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var started = _context.TimeProvider.GetTimestamp();
        var isDryRun = arguments.GetValue(_dryRun);
        var input = await FileIdList.ReadAsync(arguments.GetRequiredValue(_fileIds), arguments.GetValue(_from) ?? [], terminal.OpenInput, cancellationToken);
        await using var emulator = arguments.GetValue(_emulator) ? await StartEmulatorAsync(input.FileIds, terminal, cancellationToken) : null;

        using var connection = emulator is null
            ? _connection.Connect(_context, arguments, terminal, requireCredentials: !isDryRun, Texts.Of($"To try without an account, add {_emulator.Name}."))
            : _connection.Connect(_context, arguments, terminal, new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = emulator.AccessToken });
        var (client, options, profile) = connection;

        using var journal = arguments.GetValue(_journal) is { } path
            ? Journal.Open(path, options, input.FileIds, arguments.GetValue(_sameAccount) || options.AccessToken == ClientSettings.NoAccessToken, _context.TimeProvider)
            : null;
        var plan = new DeletePlan(input, options, profile, journal?.History);
        var report = CreateReport(terminal, arguments, profile);

        if (isDryRun)
        {
            if (!arguments.GetValue(_json))
            {
                await LookUpAsync(plan, arguments, options, client, terminal, cancellationToken);
            }

            report.DryRun(plan, _context.TimeProvider.GetElapsedTime(started));
            return ExitCode.Success;
        }

        if (plan.FileCount > arguments.GetValue(_maxDelete))
        {
            throw new UsageException(Texts.Of($"There are {Plural.Files(plan.FileCount)} to delete, and {_maxDelete.Name} allows {arguments.GetValue(_maxDelete):N0}. Nothing was sent."));
        }

        if (plan.FileCount > 0 && emulator is null && !arguments.GetValue(_yes))
        {
            await AskAsync(plan, terminal, () => LookUpAsync(plan, arguments, options, client, terminal, cancellationToken), cancellationToken);
        }
        else
        {
            plan.ShowHistory(terminal.Messages);
        }

        if (emulator is not null && !arguments.GetValue(_json) && !arguments.GetValue(_quiet))
        {
            await LookUpAsync(plan, arguments, options, client, terminal, cancellationToken);
            plan.Lookup?.Show(terminal.Messages);
        }

        // From here on, an interruption lets the requests in flight finish.
        journal?.Begin();
        var run = new DeleteRun(client, journal, plan, ReadBatchOptions(arguments, isContinued: journal is { History.LastBatch: > 0 }), report, terminal.Messages, _context.Interruption);
        await ShowAsync(run, plan, terminal, arguments.GetValue(_json));

        var exitCode = run.Totals.ExitCode;
        var elapsed = _context.TimeProvider.GetElapsedTime(started);
        report.Close(run.Totals, terminal.Failure is null ? exitCode : ExitCode.Unknown, elapsed);
        if (terminal.Failure is not null)
        {
            // The numbers, in case that it is the results which cannot be written.
            new TextDeleteReport(terminal.Messages).Close(run.Totals, ExitCode.Unknown, elapsed);
        }

        Advise(run.Totals, journal, terminal);
        return exitCode;
    }

    private async Task ShowAsync(DeleteRun run, DeletePlan plan, Terminal terminal, bool json)
    {
        await using var notice = _context.Interruption.Announce(terminal.Messages);
        await ProgressDisplay.For(terminal, json, _context.TimeProvider).ShowAsync(plan.FileCount, run.RunAsync);
    }

    private void Advise(DeleteTotals totals, Journal? journal, Terminal terminal)
    {
        if (journal?.Failure is { } failure)
        {
            _context.Terminal.Messages.MarkupLineLocalized($"[red]The journal could not be written, so the last outcomes are missing in it: {ErrorText.Of(failure)}[/]");
        }

        if (totals.Open > totals.RejectedAfterUnknown && (journal is not null || totals.Files > DeleteFilesRequest.FileIdsMaxItems))
        {
            var advice = journal is null ? Texts.Of($"With {_journal.Name}, a run can continue where an earlier one ended.") : Texts.Of($"Run the same command again to continue where this run ended.");
            terminal.Messages.MarkupLineInterpolated($"[dim]{advice}[/]");
        }
    }

    private DeleteReport CreateReport(Terminal terminal, ParseResult arguments, string? profile) => arguments.GetValue(_json)
        ? new JsonDeleteReport(terminal.Json) { Profile = profile }
        : new TextDeleteReport(terminal.Results)
        {
            Profile = profile,
            IsQuiet = arguments.GetValue(_quiet),
            MaxFileIds = MaxShown(arguments),
        };

    private int MaxShown(ParseResult arguments) => arguments.GetValue(_verbose) ? int.MaxValue : TextDeleteReport.FewFileIds;

    private DeleteBatchOptions ReadBatchOptions(ParseResult arguments, bool isContinued) => new()
    {
        Confirm = arguments.GetValue(_confirm) || (isContinued && !arguments.GetValue(_noConfirm)),
        Concurrency = arguments.GetValue(_concurrency)!.Value,
        IsolateRejected = arguments.GetValue(_isolate),
        StopOnFirstFailure = arguments.GetValue(_stopOnFailure),
    };

    private static async Task<Pan123Emulator> StartEmulatorAsync(IReadOnlyList<long> fileIds, Terminal terminal, CancellationToken cancellationToken)
    {
        var emulator = await Pan123Emulator.StartAsync(cancellationToken: cancellationToken);
        emulator.Drive.AddToRecycleBin(fileIds);
        terminal.Messages.MarkupLineLocalized($"[dim]An emulator runs at {emulator.BaseAddress} and has these files in its recycle bin.[/]");
        return emulator;
    }

    /// <summary>Looks up the files of the plan for the person who will read it. What is sent does not depend on it.</summary>
    private async Task LookUpAsync(
        DeletePlan plan, ParseResult arguments, Pan123ClientOptions options, IPan123Client client, Terminal terminal, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_noLookup) || plan.FileCount == 0)
        {
            return;
        }

        var lookup = new FileLookup(plan.Segments.SelectMany(segment => segment), plan.FileCount, MaxShown(arguments));
        plan.Lookup = lookup;
        if (options.AccessToken == ClientSettings.NoAccessToken)
        {
            lookup.Skip(Texts.Of($"there are no credentials."));
            return;
        }

        var display = ProgressDisplay.For(terminal, json: false, _context.TimeProvider, prefix: Texts.Of($"Looking up files: "));
        await display.ShowAsync(lookup.FileCount, progress => lookup.RunAsync(client, progress, _context.TimeProvider, cancellationToken));
    }

    private async Task AskAsync(DeletePlan plan, Terminal terminal, Func<Task> lookUp, CancellationToken cancellationToken)
    {
        if (terminal.Questions is not { } console)
        {
            throw new UsageException(Texts.Of($"The deletion is permanent, and there is no terminal to ask on. Add {_yes.Name} to delete without asking."));
        }

        await lookUp();
        plan.Show(console);
        if (plan.Lookup is not null)
        {
            // The lookup took a while, and the names were not shown yet.
            terminal.DropTypedAhead();
        }

        if (!await Confirmation.AskAsync(console, Texts.Of($"Delete permanently? This cannot be undone."), plan.FileCount, cancellationToken))
        {
            throw new UsageException(Texts.Of($"Nothing was sent."));
        }
    }
}
