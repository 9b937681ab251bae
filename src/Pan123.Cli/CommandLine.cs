using System.CommandLine;
using System.CommandLine.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>The program <c>pan123</c>.</summary>
/// <param name="terminal">Where it writes and asks.</param>
/// <param name="environment">The environment variables.</param>
/// <param name="configure">For tests: changes the client. Null for the client as it is.</param>
internal sealed class CommandLine(Terminal terminal, Func<string, string?> environment, Action<IHttpClientBuilder>? configure = null)
{
    private const string Description =
        $"""
         Permanently deletes files from a 123pan drive.

         Credentials are taken from {EnvironmentVariable.ClientId} and {EnvironmentVariable.ClientSecret}, or an
         access token from {EnvironmentVariable.AccessToken}; never from the arguments.

         Exit code: 0 deleted; 1 rejected by the service; 2 wrong usage or no consent, nothing was sent;
         3 no verdict, the service was not reached or did not answer as documented, repeating is safe.
         """;

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        var parsed = new RootCommand(Description) { new DeleteCommand(terminal, environment, configure) }.Parse(arguments);
        var invocation = new InvocationConfiguration
        {
            Output = terminal.Results.Profile.Out.Writer,
            Error = terminal.Messages.Profile.Out.Writer,
            // It would print a stack trace, and exit as if the service had rejected the files.
            EnableDefaultExceptionHandler = false,
            // Ctrl+C cancels the call, which then has as long as it needs to say what became of the files.
            ProcessTerminationTimeout = Timeout.InfiniteTimeSpan,
        };

        if (parsed.Action is ParseErrorAction usageError)
        {
            // The help is no result; only who gave no argument at all is looking for it.
            usageError.ShowHelp = arguments.Count == 0;
            await parsed.InvokeAsync(invocation, cancellationToken);
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
#pragma warning disable CA1031 // The last resort of a program: whatever it is, its user gets a message and a script the cautious exit code.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            terminal.Messages.MarkupLineInterpolated($"[red]{unexpected.GetType().Name}: {unexpected.Message}[/]");
            return ExitCode.Unknown;
        }
    }
}
