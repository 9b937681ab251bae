using Spectre.Console;

namespace Pan123.Cli;

/// <summary>A question that is answered with yes or no. No is the default.</summary>
internal static class Confirmation
{
    private static readonly string[] Yes = ["y", "yes"];
    private static readonly string[] No = ["n", "no"];

    public static async Task<bool> AskAsync(IAnsiConsole console, string question, CancellationToken cancellationToken)
    {
        var prompt = new TextPrompt<string>($"{question} [blue][[y/n]][/]")
            .DefaultValue(No[0])
            .Validate(text => IsOneOf(text, [.. Yes, .. No]) ? ValidationResult.Success() : ValidationResult.Error("[red]Type yes or no.[/]"));
        return IsOneOf(await prompt.ShowAsync(console, cancellationToken), Yes);
    }

    private static bool IsOneOf(string text, string[] words) => words.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);
}
