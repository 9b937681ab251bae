using System.Text.RegularExpressions;

namespace Pan123.ContractTests;

/// <summary>A page of the documentation, and what tests take from it.</summary>
/// <param name="file">Which, below the repository's root.</param>
internal sealed partial class Page(string file)
{
    public const string Card = "README.md";
    public const string Library = "src/Pan123.Generated/README.md";
    public const string CommandLine = "src/Pan123.Cli/README.md";
    public const string Emulator = "src/Pan123.Emulator/README.md";

    /// <summary>Every page, below the repository's root.</summary>
    public static IEnumerable<string> All { get; } = [.. new[] { "", ".github", "spec" }.SelectMany(folder => Find(folder, SearchOption.TopDirectoryOnly)), .. Find("src"), .. Find("tests")];

    public string Text { get; } = File.ReadAllText(Repository.PathOf(file));

    /// <summary>The programs in it.</summary>
    public IEnumerable<string> Snippets => Snippet().Matches(Text).Select(match => match.Groups["code"].Value);

    /// <summary>The one program that has some words in it.</summary>
    public string SnippetWith(string words) => Snippets.Single(snippet => snippet.Contains(words, StringComparison.Ordinal));

    /// <summary>The rows of a table, by how its header begins.</summary>
    public IEnumerable<string> Table(string header)
    {
        var rows = Text.Split('\n').SkipWhile(line => !line.StartsWith(header, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).ToList();
        Assert.That(rows, Is.Not.Empty, $"{file} has no table '{header}'.");
        return rows;
    }

    /// <summary>What is in backticks in the first cell of each row, without what follows its name.</summary>
    public IEnumerable<string> NamesIn(string header) => Table(header).SelectMany(row => Name().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value));

    private static IEnumerable<string> Find(string folder, SearchOption depth = SearchOption.AllDirectories) => Directory
        .EnumerateFiles(Repository.PathOf(folder), "*.md", depth)
        .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Intersect(["obj", "bin", "node_modules", "Approved"]).Any())
        .Order(StringComparer.Ordinal);

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex("`([^` ]+)[^`]*`")]
    private static partial Regex Name();
}
