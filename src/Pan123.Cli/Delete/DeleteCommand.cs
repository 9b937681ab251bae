using System.CommandLine;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pan123.Emulator;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary><c>pan123 delete</c></summary>
internal sealed class DeleteCommand : Command
{
    private readonly Argument<string[]> _fileIds = new("id") { Description = "IDs of files in the recycle bin, any number." };
    private readonly Option<string[]> _from = new("--from")
    {
        Description = $"A file with more IDs, one a line; blank lines, and what follows a #, are passed over. {FileIdList.StandardInput} for standard input. May be given more than once.",
        HelpName = "file",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check everything and show what would be deleted, but send nothing." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask: delete." };
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object a line for each batch." };
    private readonly Option<bool> _isolate = new("--isolate")
    {
        Description = "Split a batch that the service rejects because of its IDs, until those that cause it stand alone, and delete the others.",
    };

    private readonly Option<bool> _stopOnFailure = new("--stop-on-failure") { Description = "Begin nothing more after the first batch that is not deleted." };
    private readonly Option<int> _concurrency = new Option<int>("--concurrency")
    {
        Description = "The most batches under way at a time.",
        HelpName = "number",
        DefaultValueFactory = _ => new DeleteBatchOptions().Concurrency,
    }.Within(1, int.MaxValue);

    private readonly Option<int> _requestsPerSecond = new Option<int>("--requests-per-second")
    {
        Description = "The most requests within a second. Set 1 for a free account.",
        HelpName = "number",
        DefaultValueFactory = _ => new Pan123ClientOptions().RequestsPerSecond!.Value,
    }.Within(1, int.MaxValue);

    private readonly Option<string?> _journal = new("--journal")
    {
        Description = "Note each batch in this file before it is sent and after its verdict. Started again with the same file, the run goes on where it was, however it ended.",
        HelpName = "file",
    };

    private readonly Option<bool> _sameAccount = new("--same-account")
    {
        Description = "The journal was begun with other credentials, but for the same account: go on with it.",
    };

    private readonly Option<bool> _emulator = new("--emulator")
    {
        Description = "Try it out, without an account: delete these files from an emulator of the service, which is started in this process.",
    };

    private readonly Option<string?> _baseAddress = ClientSettings.BaseAddressOption();

    private readonly ProcessContext _context;

    public DeleteCommand(ProcessContext context)
        : base("delete", "Permanently deletes files that are in the recycle bin. This cannot be undone, so it asks first.")
    {
        _context = context;

        Add(_fileIds);
        Add(_from);
        Add(_dryRun);
        Add(_yes);
        Add(_json);
        Add(_isolate);
        Add(_stopOnFailure);
        Add(_concurrency);
        Add(_requestsPerSecond);
        Add(_journal);
        Add(_sameAccount);
        Add(_emulator);
        Add(_baseAddress);
        Validators.Add(result =>
        {
            if (result.GetValue(_emulator) && result.GetValue(_baseAddress) is not null)
            {
                result.AddError($"{_emulator.Name} and {_baseAddress.Name} exclude each other: the emulator has an address of its own.");
            }

            if (result.GetValue(_emulator) && result.GetValue(_journal) is not null)
            {
                result.AddError($"{_emulator.Name} and {_journal.Name} exclude each other: what this emulator holds ends with the process. Start one with 'pan123 emulator'.");
            }

            // Half of the time that a call has, so that there is time left for the request.
            var (concurrency, limit) = (result.GetValue(_concurrency), result.GetValue(_requestsPerSecond));
            var longest = new Pan123ClientOptions().TotalTimeout / 2;
            if (limit > 0 && concurrency / limit > longest.TotalSeconds)
            {
                result.AddError($"With {_concurrency.Name} {concurrency} and {_requestsPerSecond.Name} {limit} a request waits longer for its turn than it may: give at most {longest.TotalSeconds:F0} times as many.");
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken _)
    {
        try
        {
            return await DeleteAsync(arguments, _context.Interruption.Finish);
        }
        catch (OperationCanceledException)
        {
            // The question still stands on the line.
            _context.Terminal.Messages.WriteLine();
            throw new UsageException("Cancelled: nothing was sent.");
        }
    }

    private async Task<int> DeleteAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var terminal = _context.Terminal;
        var input = await FileIdList.ReadAsync(arguments.GetRequiredValue(_fileIds), arguments.GetValue(_from) ?? [], terminal.OpenInput, cancellationToken);
        await using var emulator = arguments.GetValue(_emulator) ? await StartEmulatorAsync(input.FileIds, cancellationToken) : null;

        var options = emulator is null
            ? ClientSettings.Read(_context.ReadVariable, arguments.GetValue(_baseAddress))
            : new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = emulator.AccessToken };
        options.RequestsPerSecond = arguments.GetValue(_requestsPerSecond);
        using var client = Pan123Client.Create(options, ConfigureClient);

        using var journal = arguments.GetValue(_journal) is { } path
            ? Journal.Open(path, JournalHeader.For(options, input.FileIds), arguments.GetValue(_sameAccount), _context.TimeProvider)
            : null;
        var plan = new DeletePlan(input, options, journal?.History);
        var report = DeleteReport.Create(terminal.Results, arguments.GetValue(_json));

        if (arguments.GetValue(_dryRun))
        {
            report.Planned(plan);
            return ExitCode.Success;
        }

        if (plan.FileCount > 0 && emulator is null && !arguments.GetValue(_yes))
        {
            await AskAsync(plan, cancellationToken);
        }
        else
        {
            plan.ShowHistory(terminal.Messages);
        }

        // From here on, what is under way is finished first.
        journal?.Begin();
        var run = new DeleteRun(
            journal is null ? client : new JournaledClient(client, journal), plan, ReadBatchOptions(arguments), report, _context.Interruption);
        await ShowAsync(run, plan, arguments.GetValue(_json));
        report.Close(run.Totals);
        Advise(run.Totals, journal, arguments);
        return run.Totals.ExitCode;
    }

    private async Task ShowAsync(DeleteRun run, DeletePlan plan, bool json)
    {
        var messages = _context.Terminal.Messages;
        await using var notice = _context.Interruption.Finish.Register(
            () => messages.MarkupLine("[olive]Finishing what is under way. Ctrl+C again stops at once.[/]"));

        // Lines of JSON that run through a bar would be lost in it.
        ProgressDisplay display = _context.Terminal.CanDraw && !(json && _context.Terminal.Results == messages)
            ? new ProgressBar(messages, _context.TimeProvider)
            : new ProgressLines(messages, _context.TimeProvider);
        await display.ShowAsync(plan.FileCount, progress => run.RunAsync(progress));
    }

    private void Advise(DeleteTotals totals, Journal? journal, ParseResult arguments)
    {
        var messages = _context.Terminal.Messages;
        if (journal?.Failure is { } failure)
        {
            messages.MarkupLineInterpolated($"[red]The journal could not be written, so it lacks the last verdicts: {failure.Message}[/]");
        }

        if (totals.Open > 0 && (journal is not null || totals.Files > DeleteFilesRequest.FileIDsMaxItems))
        {
            var advice = journal is null ? $"With {_journal.Name}, a run can go on where an earlier one ended." : "The same command goes on where this run ended.";
            messages.MarkupLineInterpolated($"[dim]{advice}[/]");
        }

        if (totals.HasRejectedMany && !arguments.GetValue(_isolate))
        {
            messages.MarkupLineInterpolated($"[dim]With {_isolate.Name}, the IDs that cause a refusal are found, and the others deleted.[/]");
        }
    }

    private DeleteBatchOptions ReadBatchOptions(ParseResult arguments) => new()
    {
        Concurrency = arguments.GetValue(_concurrency),
        IsolateRejected = arguments.GetValue(_isolate),
        StopOnFirstFailure = arguments.GetValue(_stopOnFailure),
    };

    private async Task<Pan123Emulator> StartEmulatorAsync(IReadOnlyList<long> fileIds, CancellationToken cancellationToken)
    {
        var emulator = await Pan123Emulator.StartAsync(cancellationToken: cancellationToken);
        emulator.Drive.AddToRecycleBin(fileIds);
        _context.Terminal.Messages.MarkupLineInterpolated($"[dim]Emulator at {emulator.BaseAddress}, with these files in its recycle bin.[/]");
        return emulator;
    }

    private void ConfigureClient(IHttpClientBuilder builder)
    {
        builder.Services.AddSingleton<IDistributedCache>(_context.Tokens);
        builder.Services.AddLogging(logging => logging
            .AddFilter((category, _) => category?.StartsWith("Pan123.", StringComparison.Ordinal) == true)
            .AddProvider(new WarningLogger(_context.Terminal.Messages)));
        _context.ConfigureClient?.Invoke(builder);
    }

    private async Task AskAsync(DeletePlan plan, CancellationToken cancellationToken)
    {
        var terminal = _context.Terminal;
        if (!terminal.CanAsk)
        {
            throw new UsageException($"Deletion is permanent, and nobody can be asked here: add {_yes.Name} to delete without asking.");
        }

        plan.Show(terminal.Messages);
        var question = new ConfirmationPrompt("Delete permanently? This cannot be undone.") { DefaultValue = false };
        if (!await question.ShowAsync(terminal.Messages, cancellationToken))
        {
            throw new UsageException("Nothing was sent.");
        }
    }
}
