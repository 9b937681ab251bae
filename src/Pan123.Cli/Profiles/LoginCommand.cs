using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary><c>pan123 login</c></summary>
internal sealed class LoginCommand : Command
{
    private readonly ProfileOption _profile = new(Texts.Of($"The name of the profile. Default: {ProfileFolder.DefaultName}."));
    private readonly Option<string?> _baseAddress = ClientSettings.BaseAddressOption();
    private readonly ProcessContext _context;

    public LoginCommand(ProcessContext context)
        : base("login", Texts.Of($"Asks for a client ID and a client secret, checks them, and stores them as a profile in a file that only you can read. Without a terminal, it reads them from two lines of standard input."))
    {
        _context = context;
        Add(_profile);
        Add(_baseAddress);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken _)
    {
        var (terminal, profiles) = (_context.Terminal, _context.Profiles);
        var name = arguments.GetValue(_profile) ?? ProfileFolder.DefaultName;
        profiles.ThrowIfOthersCanWrite();
        Profile profile;
        try
        {
            profile = await ReadAsync(terminal, _context.Interruption.GracefulStop);
            await RequestAccessTokenAsync(profile, arguments.GetValue(_baseAddress), _context.Interruption.GracefulStop);
        }
        catch (OperationCanceledException)
        {
            // The question still stands on the line.
            terminal.Questions?.WriteLine();
            throw new UsageException(Texts.Of($"The login was cancelled. Nothing was stored."));
        }
        catch (Pan123NotSentException failure)
        {
            terminal.Messages.MarkupLineLocalized($"[red]Nothing was stored: {ErrorText.ReasonOf(failure)}[/]");
            return failure.InnerException is Pan123ApiException ? ExitCode.Rejected : ExitCode.Unknown;
        }

        var isReplaced = profiles.Exists(name);
        profiles.Write(name, profile);
        terminal.Results.WriteLine(isReplaced ? Texts.Of($"The profile '{name}' was replaced.") : Texts.Of($"The profile '{name}' was stored."));
        ClientSettings.ShowEnvironment(_context);
        return ExitCode.Success;
    }

    private static async Task<Profile> ReadAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        terminal.EndEcho();
        var (id, secret) = (terminal.Questions, terminal.IsInputTerminal) switch
        {
            ({ } console, _) => (
                await new TextPrompt<string>(Texts.Of($"Client ID:")).ShowAsync(console, cancellationToken),
                await new TextPrompt<string>(Texts.Of($"Client secret (not shown):")).Secret(mask: null).ShowAsync(console, cancellationToken)),
            // The terminal would show what is typed.
            (_, true) => throw new UsageException(Texts.Of($"Standard output and standard error are both redirected, so the question cannot be shown. Redirect only one of them, or standard input too. Nothing was stored.")),
            _ => await Task.Run(() => ReadLines(terminal.OpenInput), CancellationToken.None).WaitAsync(cancellationToken),
        };
        return string.IsNullOrWhiteSpace(id) || string.IsNullOrWhiteSpace(secret)
            ? throw new UsageException(Texts.Of($"Standard input must have two lines: the client ID and the client secret. Nothing was stored."))
            : new Profile(id.Trim(), secret.Trim());
    }

    private static (string? Id, string? Secret) ReadLines(Func<TextReader> openInput)
    {
        using var reader = openInput();
        return (reader.ReadLine(), reader.ReadLine());
    }

    private async Task RequestAccessTokenAsync(Profile profile, string? baseAddress, CancellationToken cancellationToken)
    {
        var options = new Pan123ClientOptions { ClientId = profile.ClientId, ClientSecret = profile.ClientSecret };
        ClientSettings.SetBaseAddress(options, _context.ReadVariable, baseAddress);
        var builder = new ServiceCollection().AddPan123Client(options.CopyTo);
        // A stored token would not prove that this secret is right.
        _context.Configure(builder, _context.Terminal.Messages, _context.Tokens.ForNewTokens());

        await using var services = builder.Services.BuildServiceProvider();
        // Disposed first, which ends a request that was cancelled.
        using var account = Pan123HttpPipeline.GetAccount("", services);
        await account.ClientCredentials.GetAccessTokenAsync(rejectedToken: null, cancellationToken);
    }
}
