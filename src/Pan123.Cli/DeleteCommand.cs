using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Pan123.Emulator;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary><c>pan123 delete</c></summary>
internal sealed class DeleteCommand : Command
{
    private readonly FileIdsArgument _fileIds = new();
    private readonly Option<bool> _emulator = new("--emulator")
    {
        Description = "Try it out, without an account: delete these files from an emulator of the service, which is started in this process.",
    };

    private readonly Option<string?> _baseAddress = new("--base-address")
    {
        Description = $"Where the service is. Default: {EnvironmentVariable.BaseAddress}, or {Pan123Client.DefaultBaseAddress}.",
        HelpName = "uri",
    };

    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask: delete." };
    private readonly Option<bool> _json = new("--json") { Description = "Write the result as one JSON object a line." };

    private readonly Terminal _terminal;
    private readonly Func<string, string?> _environment;
    private readonly Action<IHttpClientBuilder>? _configure;

    public DeleteCommand(Terminal terminal, Func<string, string?> environment, Action<IHttpClientBuilder>? configure)
        : base("delete", "Permanently deletes files that are in the recycle bin. This cannot be undone, so it asks first.")
    {
        _terminal = terminal;
        _environment = environment;
        _configure = configure;

        Add(_fileIds);
        Add(_emulator);
        Add(_baseAddress);
        Add(_yes);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetValue(_emulator) && result.GetValue(_baseAddress) is not null)
            {
                result.AddError($"{_emulator.Name} and {_baseAddress.Name} exclude each other: the emulator has an address of its own.");
            }
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var fileIds = arguments.GetRequiredValue(_fileIds);

        await using var emulator = arguments.GetValue(_emulator) ? await StartEmulatorAsync(fileIds, cancellationToken) : null;
        var options = emulator is null
            ? ReadOptions(arguments)
            : new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = emulator.AccessToken };
        if (options is null)
        {
            return ExitCode.Usage;
        }

        try
        {
            using var client = Pan123Client.Create(options, _configure);
            if (emulator is null && !arguments.GetValue(_yes) && !await AskAsync(fileIds, options.BaseAddress, cancellationToken))
            {
                return ExitCode.Usage;
            }

            return await DeleteAsync(client, fileIds, DeleteReport.Create(_terminal.Results, arguments.GetValue(_json)), cancellationToken);
        }
        catch (OptionsValidationException invalid)
        {
            return Refuse(string.Join(Environment.NewLine, invalid.Failures));
        }
        catch (OperationCanceledException)
        {
            // The question still stands on the line.
            _terminal.Messages.WriteLine();
            return Refuse("Cancelled: nothing was sent.");
        }
    }

    private async Task<Pan123Emulator> StartEmulatorAsync(IReadOnlyList<long> fileIds, CancellationToken cancellationToken)
    {
        var emulator = await Pan123Emulator.StartAsync(cancellationToken: cancellationToken);
        emulator.Drive.AddToRecycleBin(fileIds);
        _terminal.Messages.MarkupLineInterpolated($"[grey]Emulator at {emulator.BaseAddress}, with these files in its recycle bin.[/]");
        return emulator;
    }

    private Pan123ClientOptions? ReadOptions(ParseResult arguments)
    {
        var options = new Pan123ClientOptions { AccessToken = _environment(EnvironmentVariable.AccessToken) };
        if (string.IsNullOrEmpty(options.AccessToken))
        {
            Refuse($"There is no access token: set the environment variable {EnvironmentVariable.AccessToken}. To try without an account, add {_emulator.Name}.");
            return null;
        }

        if ((arguments.GetValue(_baseAddress) ?? _environment(EnvironmentVariable.BaseAddress)) is { Length: > 0 } address)
        {
            // What is no address at all is refused by the client, with all other options.
            options.BaseAddress = Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out var uri) ? uri : new Uri(Uri.EscapeDataString(address), UriKind.Relative);
        }

        return options;
    }

    private async Task<bool> AskAsync(IReadOnlyList<long> fileIds, Uri baseAddress, CancellationToken cancellationToken)
    {
        if (!_terminal.CanAsk)
        {
            Refuse($"Deletion is permanent, and nobody can be asked here: add {_yes.Name} to delete without asking.");
            return false;
        }

        _terminal.Messages.MarkupLineInterpolated($"[bold]{Count.Of(fileIds)}[/] at {baseAddress}: {string.Join(", ", fileIds)}");
        var question = new ConfirmationPrompt("Delete permanently? This cannot be undone.") { DefaultValue = false };
        if (await question.ShowAsync(_terminal.Messages, cancellationToken))
        {
            return true;
        }

        Refuse("Nothing was sent.");
        return false;
    }

    private static async Task<int> DeleteAsync(
        Pan123Client client, IReadOnlyList<long> fileIds, DeleteReport report, CancellationToken cancellationToken)
    {
        try
        {
            var response = await client.DeleteFilesAsync(fileIds, cancellationToken);
            report.Deleted(fileIds, response.TraceID);
            return ExitCode.Deleted;
        }
        catch (Pan123ApiException rejected)
        {
            report.Rejected(fileIds, rejected);
            return ExitCode.Rejected;
        }
        catch (Pan123NotSentException notSent)
        {
            report.NotSent(fileIds, notSent.Message);
            return ExitCode.Unknown;
        }
        catch (Pan123OutcomeUnknownException unknown)
        {
            report.Unknown(fileIds, unknown.Message);
            return ExitCode.Unknown;
        }
        catch (OperationCanceledException)
        {
            report.Unknown(fileIds, $"{Count.Of(fileIds)} may have been deleted, or not: cancelled while the request was under way. Repeating is safe.");
            return ExitCode.Unknown;
        }
    }

    private int Refuse(string why)
    {
        _terminal.Messages.MarkupLineInterpolated($"[red]{why}[/]");
        return ExitCode.Usage;
    }
}
