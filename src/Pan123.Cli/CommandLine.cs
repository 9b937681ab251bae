using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>The program <c>pan123</c>.</summary>
internal sealed class CommandLine(ProcessContext context)
{
    private static string Description => string.Join(
        $"{Environment.NewLine}{Environment.NewLine}",
        Texts.Of($"Lists the files of a 123pan drive, moves them to the recycle bin, recovers them, and deletes them permanently."),
        Texts.Of($"Credentials come from the environment variables {EnvironmentVariable.ClientId} and {EnvironmentVariable.ClientSecret}, or an access token from {EnvironmentVariable.AccessToken}. Without these variables they come from a profile, which 'pan123 login' creates. They never come from the arguments."),
        Texts.Of($"The texts are Chinese if the system's language is. {EnvironmentVariable.Language}=en or zh chooses another language. With --json, all texts are English."),
        string.Join(
            Environment.NewLine,
            Texts.Of($"Exit codes:"),
            $"  {ExitCode.Success}  {Texts.Of($"Everything was done.")}",
            $"  {ExitCode.Rejected}  {Texts.Of($"The service rejected something.")}",
            $"  {ExitCode.Usage}  {Texts.Of($"The usage or the input is wrong, or nobody consented. Nothing was sent.")}",
            $"  {ExitCode.Unknown}  {Texts.Of($"Something has an unknown outcome or was not sent, and retrying is safe; or a result could not be written.")}"));

    public async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        // The culture flows to everything that this run starts, and not to the caller.
        CultureInfo.CurrentUICulture = Language.English;
        try
        {
            var language = Language.Choose(context.ReadVariable, context.WindowsLanguage);
            // What a script reads is the same in all languages.
            CultureInfo.CurrentUICulture = IsJson(arguments) ? Language.English : language;
        }
        catch (UsageException wrong)
        {
            return Fail(wrong.Message, ExitCode.Usage, arguments);
        }

        var exitCode = await InvokeAsync(arguments);
        if (context.Terminal.Failure is { } failure)
        {
            context.Terminal.Messages.MarkupLineInterpolated($"[red]{failure}[/]");
            return exitCode == ExitCode.Usage ? exitCode : ExitCode.Unknown;
        }

        return exitCode;
    }

    private async Task<int> InvokeAsync(IReadOnlyList<string> arguments)
    {
        try
        {
            return await InvokeCommandAsync(arguments);
        }
        catch (UsageException wrong)
        {
            return Fail(wrong.Message, ExitCode.Usage, arguments);
        }
        catch (OptionsValidationException wrong)
        {
            return Fail(ErrorText.Of(wrong), ExitCode.Usage, arguments);
        }
        catch (ListingException failure)
        {
            return Fail(failure.Message, failure.ExitCode, arguments);
        }
#pragma warning disable CA1031 // The last resort of a program: whatever it is, its user gets a message and a script the cautious exit code.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            return Fail(Texts.Of($"{unexpected.GetType().Name}: {ErrorText.Quote(unexpected.Message)}"), ExitCode.Unknown, arguments);
        }
    }

    private async Task<int> InvokeCommandAsync(IReadOnlyList<string> arguments)
    {
        var command = new RootCommand(Description)
        {
            new DeleteCommand(context), new ListCommand(context), new TrashCommand(context), new RecoverCommand(context), new EmptyCommand(context), new LoginCommand(context), new LogoutCommand(context), new ProfilesCommand(context), new TokenCommand(context), new EmulatorCommand(context),
        };
        var invocation = new InvocationConfiguration
        {
            Output = context.Terminal.Results.Profile.Out.Writer,
            Error = context.Terminal.Messages.Profile.Out.Writer,
            // It would print a stack trace, and exit as if the service had rejected the files.
            EnableDefaultExceptionHandler = false,
            // The commands handle Ctrl+C themselves.
            ProcessTerminationTimeout = null,
        };

        foreach (var help in command.Options.OfType<HelpOption>())
        {
            help.Description = Texts.Of($"Show help and usage information");
            help.Action = new HelpLayout((HelpAction)help.Action!, context.Terminal.Results.Profile.Width);
        }

        foreach (var version in command.Options.OfType<VersionOption>())
        {
            version.Description = Texts.Of($"Show version information");
        }

        var parsed = Parse(command, arguments);
        if (arguments.Count == 0)
        {
            // The help comes with it, but nobody asked for it, so it is not a result.
            context.Terminal.Messages.MarkupLineLocalized($"[red]No command was given.[/]");
            context.Terminal.Messages.WriteLine();
            invocation.Output = invocation.Error;
            await Parse(command, ["--help"]).InvokeAsync(invocation);
            return ExitCode.Usage;
        }

        return UsageProblem.Find(parsed, arguments) is { } problem ? throw new UsageException(problem) : await parsed.InvokeAsync(invocation);
    }

    private static ParseResult Parse(RootCommand command, IReadOnlyList<string> arguments)
    {
        try
        {
            // An ID may be anything, so "@file" must not be read as a file of arguments.
            return command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        }
#pragma warning disable CA1031 // Whatever the parser stumbles over, it is the arguments that are wrong, and nothing was sent.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            throw new UsageException(failure.Message, failure);
        }
    }

    private int Fail(string message, int exitCode, IReadOnlyList<string> arguments)
    {
        // It may quote an argument, or a line of a file.
        message = string.Join(Environment.NewLine, message.Split(Environment.NewLine).Select(MessageSanitizer.ReplaceUnprintable));
        context.Terminal.Messages.MarkupLineInterpolated($"[red]{message}[/]");
        if (IsJson(arguments))
        {
            new JsonDeleteReport(context.Terminal.Json).Fail(message, exitCode);
        }

        return exitCode;
    }

    private static bool IsJson(IReadOnlyList<string> arguments) => UsageProblem.OptionsIn(arguments).Contains(DeleteCommand.Json);
}
