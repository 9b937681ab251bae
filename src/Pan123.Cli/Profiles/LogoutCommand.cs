using System.CommandLine;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary><c>pan123 logout</c></summary>
internal sealed class LogoutCommand : Command
{
    private readonly ProfileOption _profile = new(Texts.Of($"The name of the profile. Default: {ProfileFolder.DefaultName}."));
    private readonly ProcessContext _context;

    public LogoutCommand(ProcessContext context)
        : base("logout", Texts.Of($"Removes a profile and its stored access token. The service continues to accept the token until it expires."))
    {
        _context = context;
        Add(_profile);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        var name = arguments.GetValue(_profile) ?? ProfileFolder.DefaultName;
        try
        {
            ForgetTokens(_context.Profiles.Read(name).ClientId);
        }
        catch (UsageException problem) when (_context.Profiles.Exists(name))
        {
            // A secret that others can read must go too.
            _context.Terminal.Messages.MarkupLineLocalized($"[olive]{problem.Message} Its access token may still be stored: run 'pan123 token --forget' to remove all stored tokens.[/]");
        }

        _context.Profiles.Remove(name);
        _context.Terminal.Results.MarkupLineLocalized($"The profile '{name}' was removed.");
        return ExitCode.Success;
    }

    private void ForgetTokens(string clientId)
    {
        // For every service address.
        foreach (var (key, _) in TokenCommand.ReadTokens(_context).Where(token => token.Key.EndsWith($":{clientId}", StringComparison.Ordinal)))
        {
            _context.Tokens.Remove(key);
        }
    }
}
