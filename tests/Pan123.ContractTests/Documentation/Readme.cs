using System.Text.RegularExpressions;

namespace Pan123.ContractTests;

/// <summary>A README, and what tests take from it.</summary>
/// <param name="file">Which, below the repository's root.</param>
internal sealed partial class Readme(string file)
{
    public string Text { get; } = File.ReadAllText(Repository.PathOf(file));

    /// <summary>The programs in it.</summary>
    public IEnumerable<string> Snippets => Snippet().Matches(Text).Select(match => match.Groups["code"].Value);

    /// <summary>The one program that has some words in it.</summary>
    public string SnippetWith(string words) => Snippets.Single(snippet => snippet.Contains(words, StringComparison.Ordinal));

    /// <summary>The rows of a table, by how its header begins.</summary>
    public IEnumerable<string> Table(string header) =>
        Text.Split('\n').SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
