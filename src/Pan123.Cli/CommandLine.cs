using System.CommandLine;
using System.CommandLine.Invocation;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>The program <c>pan123</c>.</summary>
internal sealed class CommandLine(ProcessContext context)
{
    private const string Description =
        $"""
         Permanently deletes files from a 123pan drive.

         Credentials are taken from {EnvironmentVariable.ClientId} and {EnvironmentVariable.ClientSecret}, or an
         access token from {EnvironmentVariable.AccessToken}; never from the arguments.

         Exit code: 0 all deleted; 1 something rejected by the service; 2 wrong usage or input, or no consent:
         nothing was sent; 3 something without verdict, or not sent: repeating is safe.
         """;

    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var messages = context.Terminal.Messages;
        var parsed = new RootCommand(Description) { new DeleteCommand(context), new EmulatorCommand(context), new TokenCommand(context) }.Parse(arguments);
        var invocation = new InvocationConfiguration
        {
            Output = context.Terminal.Results.Profile.Out.Writer,
            Error = messages.Profile.Out.Writer,
            // It would print a stack trace, and exit as if the service had rejected the files.
            EnableDefaultExceptionHandler = false,
            // Ctrl+C is the commands' own.
            ProcessTerminationTimeout = null,
        };

        if (parsed.Action is ParseErrorAction usageError)
        {
            // The help is no result; only who gave no argument at all is looking for it.
            usageError.ShowHelp = arguments.Count == 0;
            await parsed.InvokeAsync(invocation);
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (UsageException wrong)
        {
            messages.MarkupLineInterpolated($"[red]{wrong.Message}[/]");
            return ExitCode.Usage;
        }
        catch (OptionsValidationException wrong)
        {
            messages.MarkupLineInterpolated($"[red]{string.Join(Environment.NewLine, wrong.Failures)}[/]");
            return ExitCode.Usage;
        }
#pragma warning disable CA1031 // The last resort of a program: whatever it is, its user gets a message and a script the cautious exit code.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            messages.MarkupLineInterpolated($"[red]{unexpected.GetType().Name}: {unexpected.Message}[/]");
            return ExitCode.Unknown;
        }
    }
}
