using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Pan123.Cli;

/// <summary>What is wrong with the arguments, in one sentence.</summary>
internal static class UsageProblem
{
    /// <summary>After this, all arguments are values.</summary>
    private const string EndOfOptions = "--";

    /// <summary>The arguments before <see cref="EndOfOptions"/>.</summary>
    public static IEnumerable<string> OptionsIn(IEnumerable<string> arguments) => arguments.TakeWhile(argument => argument != EndOfOptions);

    /// <returns>The first problem; null if there is none, or if the user asks for something else, such as the help.</returns>
    public static string? Find(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.Action is not ParseErrorAction && parsed.Action != command.Action)
        {
            return null;
        }

        return FindFlagWithValue(command, arguments)
            ?? FindUnknown(parsed, command)
            ?? parsed.CommandResult.Children.OfType<OptionResult>().Select(FindRepeated).FirstOrDefault(problem => problem is not null)
            ?? parsed.Errors.Select(error => error.Message.ReplaceLineEndings(" ")).FirstOrDefault();
    }

    private static string? FindUnknown(ParseResult parsed, Command command)
    {
        // An argument that takes any number of words takes a misspelt option too.
        var words = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value).Where(IsLikeOption);
        if (parsed.UnmatchedTokens.Concat(words).FirstOrDefault() is not { } unknown)
        {
            return null;
        }

        // The root's own name is that of the process, whatever that is.
        var name = command is RootCommand ? "pan123" : command.Name;
        var options = command.Options.SelectMany(option => option.Aliases.Prepend(option.Name));
        return unknown switch
        {
            _ when IsLikeOption(unknown) => Texts.Of($"'{unknown}' is not an option of {name}.{Suggestion.For(unknown, options)}"),
            _ when command.Subcommands.Count > 0 => Texts.Of($"'{unknown}' is not a command of {name}.{Suggestion.For(unknown, command.Subcommands.Select(subcommand => subcommand.Name))}"),
            _ when command.Arguments.Count > 0 => Texts.Of($"'{unknown}' is one argument too many: {name} takes one <{command.Arguments[0].Name}>."),
            _ => Texts.Of($"'{unknown}' is not expected: {name} takes only options.{Suggestion.For(unknown, options)}"),
        };
    }

    private static bool IsLikeOption(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]);

    private static string? FindFlagWithValue(Command command, IReadOnlyList<string> arguments)
    {
        var flags = command.Options.OfType<FlagOption>().SelectMany(flag => flag.Aliases.Prepend(flag.Name)).ToHashSet(StringComparer.Ordinal);
        return (from argument in OptionsIn(arguments)
                let end = argument.AsSpan().IndexOfAny('=', ':')
                where end > 0 && flags.Contains(argument[..end])
                select Texts.Of($"{argument[..end]} takes no value: '{argument}'.")).FirstOrDefault();
    }

    private static string? FindRepeated(OptionResult option) => option switch
    {
        { IdentifierTokenCount: > 1, Option.Arity.MaximumNumberOfValues: <= 1 } => Texts.Of($"{option.Option.Name} is given {option.IdentifierTokenCount} times: give it once."),
        { Option.Arity.MinimumNumberOfValues: > 0 } when option.IdentifierTokenCount > option.Tokens.Count => Texts.Of($"{option.Option.Name} is given without a value."),
        _ => null,
    };
}
