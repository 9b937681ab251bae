using Microsoft.Extensions.DependencyInjection;

namespace Pan123.Cli;

/// <summary>What a command has of the process that it runs in. Tests bring their own.</summary>
/// <param name="Terminal">Where it reads, writes and asks.</param>
/// <param name="ReadVariable">The environment variables.</param>
/// <param name="Tokens">Where access tokens are kept.</param>
/// <param name="Interruption">Ctrl+C.</param>
/// <param name="TimeProvider">The clock.</param>
/// <param name="ConfigureClient">Changes the client; null for the client as it is.</param>
internal sealed record ProcessContext(
    Terminal Terminal,
    Func<string, string?> ReadVariable,
    FileTokenCache Tokens,
    Interruption Interruption,
    TimeProvider TimeProvider,
    Action<IHttpClientBuilder>? ConfigureClient = null);
