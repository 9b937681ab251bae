namespace Pan123.ContractTests;

/// <summary>A strict linter, because NSwag makes something of everything: <c>pots</c> is a verb to it, and <c>maxItemz</c> nothing at all.</summary>
internal static class Linter
{
    /// <summary>Lints a specification.</summary>
    /// <returns>Whether it passes, and all that the linter says.</returns>
    public static async Task<(bool Passes, string Report)> LintAsync(string file)
    {
        var (exitCode, output) = await NodeTools.RunAsync(
            "@redocly/cli/bin/cli.js", "lint", "--config", "redocly.yaml", "--format", "stylish", "--max-problems", "1000", file);
        return (exitCode == 0, output);
    }
}
