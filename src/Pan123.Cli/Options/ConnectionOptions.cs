using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace Pan123.Cli;

/// <summary>Account, address and rate limit: the options of every command that sends requests for files.</summary>
internal sealed class ConnectionOptions
{
    public NumberOption<int> RequestsPerSecond { get; } = new("--requests-per-second", 1, int.MaxValue, new Pan123ClientOptions().RequestsPerSecond)
    {
        Description = Texts.Of($"The maximum number of requests per second. If the service allows fewer, the program slows down by itself."),
    };

    public ProfileOption Profile { get; } = new(Texts.Of($"Use the credentials that 'pan123 login' stored under this name. Default: the credentials in the environment, otherwise the profile '{ProfileFolder.DefaultName}'."));

    public Option<string?> BaseAddress { get; } = ClientSettings.BaseAddressOption();

    public void AddTo(Command command)
    {
        command.Add(RequestsPerSecond);
        command.Add(Profile);
        command.Add(BaseAddress);
    }

    /// <param name="context">Has the environment variables, the profiles and the stored tokens.</param>
    /// <param name="arguments">What the options say.</param>
    /// <param name="terminal">Where the client's warnings are shown.</param>
    /// <param name="requireCredentials">False if nothing will be sent; then the access token is a placeholder.</param>
    /// <param name="tryOut">How to try the command without credentials, a sentence; null for the usual one.</param>
    /// <exception cref="UsageException">There are no credentials, or they do not go together.</exception>
    public Connection Connect(ProcessContext context, ParseResult arguments, Terminal terminal, bool requireCredentials = true, string? tryOut = null)
    {
        var (options, profile) = ClientSettings.Read(context, arguments.GetValue(Profile), arguments.GetValue(BaseAddress), requireCredentials, tryOut ?? Texts.Of($"To try without an account, start 'pan123 emulator'."));
        return Connect(context, arguments, terminal, options, profile);
    }

    /// <summary>Connects with these options, except for the rate limit, which the arguments set.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The connection disposes it.")]
    public Connection Connect(ProcessContext context, ParseResult arguments, Terminal terminal, Pan123ClientOptions options, string? profile = null)
    {
        options.RequestsPerSecond = arguments.GetValue(RequestsPerSecond);
        return new Connection(Pan123Client.Create(options, builder => context.Configure(builder, terminal.Messages, context.Tokens)), options, profile);
    }
}
