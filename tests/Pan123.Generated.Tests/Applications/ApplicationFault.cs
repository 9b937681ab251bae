using System.Net;
using Pan123.Emulator;

namespace Pan123.Tests.Applications;

/// <summary>Something that goes wrong with the requests of a call.</summary>
internal sealed record ApplicationFault(string Name)
{
    /// <summary>What the emulator does to the next deletions, one each; what comes after them goes well.</summary>
    public IReadOnlyList<Fault> Deletions { get; init; } = [];

    /// <summary>What it does to the next requests for a token, one each.</summary>
    public IReadOnlyList<Fault> Tokens { get; init; } = [];

    /// <summary>A service in the emulator's place, which faults cannot make; null for the emulator. It is told of another origin.</summary>
    public Func<Uri, SubstituteService>? Substitute { get; init; }

    /// <summary>Whether the client has client credentials, and otherwise an access token.</summary>
    public bool UsesCredentials { get; init; }

    /// <summary>The files that are in the recycle bin when the call begins.</summary>
    public IReadOnlyList<long> InRecycleBin { get; init; } = [1, 2, 3, 4, 5, 6];

    /// <summary>What the service makes of files that are not there.</summary>
    public StaleIdBehavior StaleIds { get; init; }

    /// <summary>How long an attempt may take: short where one takes for ever.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When the caller cancels the call; null for never.</summary>
    public TimeSpan? CancelAfter { get; init; }

    /// <summary>What a call ends in when the application is harmless; null where that is up to chance.</summary>
    public Outcome? Expected { get; init; }

    public static IReadOnlyList<ApplicationFault> All { get; } = [.. Answers(), .. Interruptions(), .. TokenFaults(), .. Redirects()];

    public override string ToString() => Name;

    private static IEnumerable<ApplicationFault> Answers()
    {
        yield return new("none") { Expected = Outcome.Deleted };
        yield return new("none, client credentials") { UsesCredentials = true, Expected = Outcome.Deleted };
        yield return AfterProcessing(Fault.HttpStatus(HttpStatusCode.GatewayTimeout)) with { Expected = Outcome.Unknown };
        yield return new("HTTP 503 before processing") { Deletions = [Fault.HttpStatus(HttpStatusCode.ServiceUnavailable)], Expected = Outcome.Deleted };
        yield return AfterProcessing(Fault.TruncatedJson()) with { Expected = Outcome.Unknown };
        yield return AfterProcessing(Fault.Html()) with { Expected = Outcome.Unknown };
        yield return AfterProcessing(Fault.EmptyBody()) with { Expected = Outcome.Unknown };
        yield return new("body code 429") { Deletions = [Fault.BodyCode(429, "too many requests")], Expected = Outcome.Deleted };
        yield return new("missing file") { InRecycleBin = [1, 2, 4, 5, 6], Expected = Outcome.Rejected };
        yield return new("missing file, the others are deleted")
        {
            InRecycleBin = [1, 2, 4, 5, 6],
            StaleIds = StaleIdBehavior.DeleteTheOthersAndReject,
            Expected = Outcome.Rejected,
        };
        yield return new("HTTP 504 after processing, then 429 and 400")
        {
            Deletions =
            [
                Fault.HttpStatus(HttpStatusCode.GatewayTimeout).AfterProcessing(),
                Fault.BodyCode(429, "too many requests"),
                Fault.HttpStatus(HttpStatusCode.BadRequest),
            ],
            Expected = Outcome.Unknown,
        };
    }

    private static IEnumerable<ApplicationFault> Interruptions()
    {
        yield return AfterProcessing(Fault.ConnectionReset()) with { Expected = Outcome.Unknown };
        yield return new("connection reset before processing") { Deletions = [Fault.ConnectionReset()], Expected = Outcome.Deleted };
        yield return AfterProcessing(Fault.ConnectionResetInBody()) with { Expected = Outcome.Unknown };
        yield return AfterProcessing(Fault.StalledHeaders()) with { AttemptTimeout = TimeSpan.FromMilliseconds(100) };
        yield return AfterProcessing(Fault.StalledHeaders()) with
        {
            Name = "stalled headers after processing, cancelled",
            CancelAfter = TimeSpan.FromMilliseconds(100),
        };
    }

    private static IEnumerable<ApplicationFault> TokenFaults()
    {
        yield return new("renewal, then connection reset after processing")
        {
            UsesCredentials = true,
            Deletions = [Fault.BodyCode(401, "token is expired"), Fault.ConnectionReset().AfterProcessing()],
            Expected = Outcome.Unknown,
        };
        yield return new("HTTP 504 after processing, then renewal, client credentials")
        {
            UsesCredentials = true,
            Deletions = [Fault.HttpStatus(HttpStatusCode.GatewayTimeout).AfterProcessing(), Fault.BodyCode(401, "token is expired")],
            Expected = Outcome.Unknown,
        };
        yield return new("no token") { UsesCredentials = true, Tokens = [.. Enumerable.Repeat(Fault.Html(), 100)], Expected = Outcome.NotSent };
    }

    private static IEnumerable<ApplicationFault> Redirects()
    {
        foreach (var status in new[] { "301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect" })
        {
            var number = status[..3];
            yield return new($"redirect {number}")
            {
                Substitute = other => SubstituteService.Redirect(status, other, ofTokens: false),
                Expected = Outcome.Unknown,
            };
        }

        yield return new("redirect 308, client credentials")
        {
            UsesCredentials = true,
            Substitute = other => SubstituteService.Redirect("308 Permanent Redirect", other, ofTokens: false),
            Expected = Outcome.Unknown,
        };
        yield return new("redirect 307 of tokens")
        {
            UsesCredentials = true,
            Substitute = other => SubstituteService.Redirect("307 Temporary Redirect", other, ofTokens: true),
            Expected = Outcome.NotSent,
        };
        yield return new("challenge") { Substitute = _ => SubstituteService.Challenge() };
    }

    private static ApplicationFault AfterProcessing(Fault fault) => new($"{fault.Name} after processing") { Deletions = [fault.AfterProcessing()] };
}

/// <summary>What a call reports.</summary>
internal enum Outcome
{
    Deleted,
    Rejected,
    Unknown,
    NotSent,

    /// <summary>Nothing: it ended in an exception that does not say.</summary>
    Unsaid,
}
