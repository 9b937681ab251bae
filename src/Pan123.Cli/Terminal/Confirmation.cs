using System.Globalization;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Asks a question whose reply is yes or no. No is the default.</summary>
internal static class Confirmation
{
    /// <summary>"y" is typed too easily to delete more files than this.</summary>
    public const long MaxForYes = 1000;

    private static readonly string[] Yes = ["y", "yes"];
    private static readonly string[] No = ["n", "no"];

    public static async Task<bool> AskAsync(IAnsiConsole console, string question, CancellationToken cancellationToken)
    {
        var prompt = new TextPrompt<string>($"{question} [blue][[y/n]][/]")
            .DefaultValue(No[0])
            .Validate(text => IsOneOf(text, [.. Yes, .. No]) ? ValidationResult.Success() : ValidationResult.Error(Texts.Of($"[red]Type yes or no.[/]")));
        return IsOneOf(await prompt.ShowAsync(console, cancellationToken), Yes);
    }

    /// <summary>The same, but for more than <see cref="MaxForYes"/> files the only yes is their number.</summary>
    /// <param name="console">Where a person reads and replies.</param>
    /// <param name="question">The question. How many files it is about must be shown before it.</param>
    /// <param name="fileCount">How many files it is about.</param>
    /// <param name="cancellationToken">Gives up asking.</param>
    public static async Task<bool> AskAsync(IAnsiConsole console, string question, long fileCount, CancellationToken cancellationToken)
    {
        if (fileCount <= MaxForYes)
        {
            return await AskAsync(console, question, cancellationToken);
        }

        var prompt = new TextPrompt<string>(Texts.Of($"{question} Type the number of files to confirm."))
            .DefaultValue(No[0])
            .Validate(text => IsNumber(text, fileCount) || IsOneOf(text, No) ? ValidationResult.Success() : ValidationResult.Error(Texts.Of($"[red]Type the number of files as it is shown above, or no.[/]")));
        return IsNumber(await prompt.ShowAsync(console, cancellationToken), fileCount);
    }

    // With or without the commas that it is shown with.
    private static bool IsNumber(string text, long number) =>
        long.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var typed) && typed == number;

    private static bool IsOneOf(string text, string[] words) => words.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);
}
