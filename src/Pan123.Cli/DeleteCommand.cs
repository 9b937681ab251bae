using System.CommandLine;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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
            using var client = Pan123Client.Create(options, ConfigureClient);
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

    private void ConfigureClient(IHttpClientBuilder builder)
    {
        builder.Services.AddSingleton<IDistributedCache>(FileCache.OfThisUser());
        builder.Services.AddLogging(logging => logging.AddFilter((category, _) => category?.StartsWith("Pan123.", StringComparison.Ordinal) == true).AddProvider(new WarningLogger(_terminal.Messages)));
        _configure?.Invoke(builder);
    }

    private Pan123ClientOptions? ReadOptions(ParseResult arguments)
    {
        var options = new Pan123ClientOptions
        {
            AccessToken = Read(EnvironmentVariable.AccessToken),
            ClientId = Read(EnvironmentVariable.ClientId),
            ClientSecret = Read(EnvironmentVariable.ClientSecret),
        };
        const string Credentials = $"{EnvironmentVariable.ClientId} and {EnvironmentVariable.ClientSecret}";
        var problem = (options.AccessToken, options.ClientId, options.ClientSecret) switch
        {
            (null, null, null) => $"There are no credentials: set the environment variables {Credentials}, or {EnvironmentVariable.AccessToken}. To try without an account, add {_emulator.Name}.",
            (null, null, _) or (null, _, null) => $"The environment variables {Credentials} go together: set both.",
            (not null, null, null) or (null, _, _) => null,
            _ => $"The environment variable {EnvironmentVariable.AccessToken} and {Credentials} exclude each other: set one or the other.",
        };
        if (problem is not null)
        {
            Refuse(problem);
            return null;
        }

        if ((arguments.GetValue(_baseAddress) ?? Read(EnvironmentVariable.BaseAddress)) is { } address)
        {
            // What is no address at all is refused by the client, with all other options.
            options.BaseAddress = Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out var uri) ? uri : new Uri(Uri.EscapeDataString(address), UriKind.Relative);
        }

        return options;
    }

    private string? Read(string environmentVariable) => _environment(environmentVariable) is { Length: > 0 } value ? value : null;

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
        catch (Exception failure) when (OutcomeOf(failure) is { } outcome)
        {
            switch (outcome)
            {
                case Pan123ApiException rejected:
                    report.Rejected(fileIds, rejected);
                    return ExitCode.Rejected;
                case Pan123NotSentException notSent:
                    report.NotSent(fileIds, notSent.Message);
                    return ExitCode.Unknown;
                default:
                    report.Unknown(fileIds, outcome.Message);
                    return ExitCode.Unknown;
            }
        }
    }

    // A call that was cancelled says as its inner exception what is known of its files.
    private static Pan123Exception? OutcomeOf(Exception failure) =>
        (failure is OperationCanceledException ? failure.InnerException : failure) as Pan123Exception;

    private int Refuse(string why)
    {
        _terminal.Messages.MarkupLineInterpolated($"[red]{why}[/]");
        return ExitCode.Usage;
    }
}
