using System.Text.RegularExpressions;

namespace Pan123.ContractTests;

/// <summary>The tests' own page names each project, folder and variable.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class TestsPageTests
{
    private static readonly Page Tests = new("tests/README.md");

    [Test]
    public void Every_project_is_in_the_table() => Assert.That(
        Tests.NamesIn("| project |"),
        Is.EquivalentTo(Directory.EnumerateFiles(Repository.PathOf("tests"), "Pan123.*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension)));

    [TestCase("Pan123.Generated.Tests")]
    [TestCase("Pan123.ContractTests")]
    public void Every_folder_is_in_the_table_of_its_project(string project)
    {
        var page = new Page("tests/README.md").Text;
        var rows = page[page.IndexOf($"`{project}` has ", StringComparison.Ordinal)..].Split('\n').SkipWhile(line => !line.StartsWith("| folder |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));
        var folders = Directory.EnumerateDirectories(Repository.PathOf($"tests/{project}")).Select(Path.GetFileName).Except(["bin", "obj", "StrykerOutput", "TestResults"]);

        Assert.That(rows.Select(row => row.Split('`')[1]), Is.EquivalentTo(folders));
    }

    [Test]
    public void Every_variable_is_named()
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var variables = sources.SelectMany(path => Variable().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).ToHashSet();

        Assert.That(variables.Where(variable => !Tests.Text.Contains($"`{variable}`", StringComparison.Ordinal)), Is.Empty);
    }

    [GeneratedRegex("\"(PAN123_[A-Z_]+)\"")]
    private static partial Regex Variable();
}
