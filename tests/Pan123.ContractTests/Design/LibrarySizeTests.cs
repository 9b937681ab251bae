namespace Pan123.ContractTests;

/// <summary>The library stays small: what is written by hand is counted, without comments and blank lines.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LibrarySizeTests
{
    // The aim of the design is 1,800; what is above it came with the promises about custom handlers, secrets and disposal (500 lines), with the
    // limit that is found out and used at a distance (320), with several accounts, also such that are known only at run time (240), with five
    // operations more (85), and with the confirmation of deletions (90).
    private const int MaxLines = 3040;

    private const int MaxLinesOfFile = 300;
    private const int ListedFiles = 5;
    private const string Library = "src/Pan123.Generated";

    private static readonly string[] BuildFolders = ["bin", "obj"];

    [Test]
    public async Task The_library_is_no_larger_than_its_limit()
    {
        var folder = Repository.PathOf(Library);
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(name => !name.Split(Path.DirectorySeparatorChar).Intersect(BuildFolders).Any())
            .Select(name => (Name: name, Lines: CountCode(File.ReadLines(Path.Combine(folder, name)))))
            .OrderByDescending(file => file.Lines)
            .ToList();
        var (total, largest) = (files.Sum(file => file.Lines), files[0]);
        await TestContext.Out.WriteLineAsync($"{Library}: {total} lines of code in {files.Count} files; the largest is {largest.Name} with {largest.Lines}.");

        var list = $"The largest files:\n{string.Join('\n', files.Take(ListedFiles).Select(file => $"{file.Lines,5} {file.Name}"))}";
        Assert.Multiple(() =>
        {
            Assert.That(total, Is.Positive.And.AtMost(MaxLines), $"All files together. {list}");
            Assert.That(largest.Lines, Is.AtMost(MaxLinesOfFile), $"{largest.Name}. {list}");
        });
    }

    [Test]
    public void Comments_and_blank_lines_are_not_counted()
    {
        string[] lines =
        [
            "using System;",
            "",
            "/// <summary>A comment.</summary>",
            "public sealed class Code",
            "{",
            "    // A comment.",
            "    //",
            "    \t",
            "    private const string Address = \"https://host\"; // Code with a comment behind it.",
            "}",
        ];

        Assert.That(CountCode(lines), Is.EqualTo(5));
    }

    private static int CountCode(IEnumerable<string> lines) =>
        lines.Select(line => line.Trim()).Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));
}
