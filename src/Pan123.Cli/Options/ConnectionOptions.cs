using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace Pan123.Cli;

/// <summary>Whose account, where the service is, and how fast: the options of each command that sends requests for files.</summary>
internal sealed class ConnectionOptions
{
    private readonly NumberOption<int> _requestsPerSecond = new("--requests-per-second", 1, int.MaxValue, new Pan123ClientOptions().RequestsPerSecond)
    {
        Description = "The most requests within a second. Fewer if the service allows fewer, which is found out.",
    };

    private readonly ProfileOption _profile = new($"Use the credentials that 'pan123 login' keeps under this name. Default: those in the environment, otherwise the profile '{ProfileFolder.DefaultName}'.");
    private readonly Option<string?> _baseAddress = ClientSettings.BaseAddressOption();

    public void AddTo(Command command)
    {
        command.Add(_requestsPerSecond);
        command.Add(_profile);
        command.Add(_baseAddress);
    }

    /// <exception cref="UsageException">There are no credentials, or they do not go together.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The connection disposes it.")]
    public Connection Connect(ProcessContext context, ParseResult arguments)
    {
        const string TryOut = "To try without an account, start 'pan123 emulator'.";
        var (options, profile) = ClientSettings.Read(context, arguments.GetValue(_profile), arguments.GetValue(_baseAddress), requireCredentials: true, TryOut);
        options.RequestsPerSecond = arguments.GetValue(_requestsPerSecond);
        return new Connection(Pan123Client.Create(options, builder => context.Configure(builder, context.Terminal.Messages, context.Tokens)), options, profile);
    }
}
