using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace Pan123.Cli;

/// <summary>Whose account, where the service is, and how fast: the options of each command that sends requests for files.</summary>
internal sealed class ConnectionOptions
{
    private const string TryOut = "To try without an account, start 'pan123 emulator'.";

    public NumberOption<int> RequestsPerSecond { get; } = new("--requests-per-second", 1, int.MaxValue, new Pan123ClientOptions().RequestsPerSecond)
    {
        Description = "The most requests within a second. Fewer if the service allows fewer, which is found out.",
    };

    public ProfileOption Profile { get; } = new($"Use the credentials that 'pan123 login' keeps under this name. Default: those in the environment, otherwise the profile '{ProfileFolder.DefaultName}'.");

    public Option<string?> BaseAddress { get; } = ClientSettings.BaseAddressOption();

    public void AddTo(Command command)
    {
        command.Add(RequestsPerSecond);
        command.Add(Profile);
        command.Add(BaseAddress);
    }

    /// <param name="context">Has the environment variables, the profiles and the kept tokens.</param>
    /// <param name="arguments">What the options say.</param>
    /// <param name="terminal">Where the client's warnings are shown.</param>
    /// <param name="requireCredentials">False if nothing is to be sent; then the access token is a placeholder.</param>
    /// <param name="tryOut">How the command is tried without credentials, a sentence.</param>
    /// <exception cref="UsageException">There are no credentials, or they do not go together.</exception>
    public Connection Connect(ProcessContext context, ParseResult arguments, Terminal terminal, bool requireCredentials = true, string tryOut = TryOut)
    {
        var (options, profile) = ClientSettings.Read(context, arguments.GetValue(Profile), arguments.GetValue(BaseAddress), requireCredentials, tryOut);
        return Connect(context, arguments, terminal, options, profile);
    }

    /// <summary>Connects to where these options say, but as fast as the arguments do.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The connection disposes it.")]
    public Connection Connect(ProcessContext context, ParseResult arguments, Terminal terminal, Pan123ClientOptions options, string? profile = null)
    {
        options.RequestsPerSecond = arguments.GetValue(RequestsPerSecond);
        return new Connection(Pan123Client.Create(options, builder => context.Configure(builder, terminal.Messages, context.Tokens)), options, profile);
    }
}
