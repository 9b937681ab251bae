using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>What a command uses of the process in which it runs. Tests supply their own.</summary>
/// <param name="Terminal">Where it reads, writes and asks.</param>
/// <param name="ReadVariable">The environment variables.</param>
/// <param name="Tokens">Where access tokens are stored.</param>
/// <param name="Profiles">Where credentials are stored.</param>
/// <param name="Interruption">Ctrl+C.</param>
/// <param name="TimeProvider">The clock.</param>
/// <param name="WindowsLanguage">The Windows identifier of the user's language; null on other systems.</param>
/// <param name="ConfigureClient">Changes the client; null for the client as it is.</param>
internal sealed record ProcessContext(
    Terminal Terminal,
    Func<string, string?> ReadVariable,
    FileTokenCache Tokens,
    ProfileFolder Profiles,
    Interruption Interruption,
    TimeProvider TimeProvider,
    int? WindowsLanguage = null,
    Action<IHttpClientBuilder>? ConfigureClient = null)
{
    /// <summary>Connects a client with the stored tokens and shows its warnings.</summary>
    public void Configure(IHttpClientBuilder builder, IAnsiConsole messages, FileTokenCache tokens)
    {
        builder.Services.AddSingleton<IDistributedCache>(tokens);
        builder.Services.AddLogging(logging => logging
            .AddFilter((category, _) => category?.StartsWith("Pan123.", StringComparison.Ordinal) == true)
            .AddProvider(new WarningLogger(messages)));
        ConfigureClient?.Invoke(builder);
    }
}
