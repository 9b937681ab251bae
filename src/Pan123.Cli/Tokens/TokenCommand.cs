using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary><c>pan123 token</c></summary>
internal sealed class TokenCommand : Command
{
    // The library's names in the cache, as its README has them: of the token, and of the mark of who is issuing one.
    private const string KeyPrefix = "Pan123:AccessToken:";
    private const string ClaimSuffix = ":Claim";

    private readonly FlagOption _forget = new("--forget") { Description = Texts.Of($"Remove all stored tokens. The service continues to accept them until they expire.") };
    private readonly ProcessContext _context;

    public TokenCommand(ProcessContext context)
        : base("token", Texts.Of($"Shows which access tokens are stored and when they expire, never their values."))
    {
        _context = context;
        Add(_forget);
        SetAction(Run);
    }

    /// <summary>The stored tokens: the key of each, which ends with a colon and the client ID, and when it expires.</summary>
    public static IEnumerable<(string Key, DateTimeOffset Expiry)> ReadTokens(ProcessContext context) => context.Tokens.ReadEntries()
        .Where(entry => entry.Key.StartsWith(KeyPrefix, StringComparison.Ordinal) && !entry.Key.EndsWith(ClaimSuffix, StringComparison.Ordinal));

    private int Run(ParseResult arguments)
    {
        var results = _context.Terminal.Results;
        var now = _context.TimeProvider.GetUtcNow();
        var stored = ReadTokens(_context).ToList();
        if (stored.Count == 0)
        {
            results.WriteLine(Texts.Of($"No token is stored."));
        }

        foreach (var (key, expiry) in stored)
        {
            // Service and client ID.
            var owner = key[KeyPrefix.Length..];
            if (arguments.GetValue(_forget))
            {
                _context.Tokens.Remove(key);
                results.MarkupLineLocalized($"{owner}: removed.");
            }
            else
            {
                var until = string.Create(CultureInfo.InvariantCulture, $"{expiry.ToLocalTime():yyyy-MM-dd HH:mm zzz}");
                results.MarkupLineLocalized($"{owner}: stored, expires at {until}, in {Left(expiry - now)}.");
            }
        }

        return ExitCode.Success;
    }

    private static string Left(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => Plural.Of((long)time.TotalDays, $"{(long)time.TotalDays:N0} day", $"{(long)time.TotalDays:N0} days"),
        { TotalHours: >= 1 } => Plural.Of((long)time.TotalHours, $"{(long)time.TotalHours:N0} hour", $"{(long)time.TotalHours:N0} hours"),
        _ => Plural.Of((long)time.TotalMinutes, $"{(long)time.TotalMinutes:N0} minute", $"{(long)time.TotalMinutes:N0} minutes"),
    };
}
