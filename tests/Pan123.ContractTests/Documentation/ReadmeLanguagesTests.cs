using System.Text.RegularExpressions;

namespace Pan123.ContractTests;

/// <summary>Who reads the README in Chinese reads the same: what can be compared without knowing the language is compared.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class ReadmeLanguagesTests
{
    private static readonly string English = new Readme("README.md").Text;
    private static readonly string Chinese = new Readme("README.zh-CN.md").Text;

    // Each has the other's name.
    private static readonly string[] Names = ["`README.md`", "`README.zh-CN.md`"];

    [Test]
    public void Both_have_the_same_sections() => Assert.That(Find(Heading(), Chinese), Is.EqualTo(Find(Heading(), English)));

    [Test]
    public void Both_have_the_same_snippets_and_commands() => Assert.That(Find(Block(), Chinese), Is.EqualTo(Find(Block(), English)));

    [Test]
    public void Both_have_the_same_tables() => Assert.That(Find(Row(), Chinese).Select(Facts), Is.EqualTo(Find(Row(), English).Select(Facts)));

    [Test]
    public void Both_speak_of_the_same_things() =>
        Assert.That(Find(Word(), Chinese).Distinct().Except(Names), Is.EquivalentTo(Find(Word(), English).Distinct().Except(Names)));

    [Test]
    public void Both_link_to_the_same_pages() => Assert.That(Find(Link(), Chinese), Is.EqualTo(Find(Link(), English)));

    private static IEnumerable<string> Find(Regex what, string text) => what.Matches(text).Select(match => match.Value);

    // Of a row what is in no language: words in backticks, numbers, and how many cells there are.
    private static string Facts(string row) => string.Join(' ', Fact().Matches(row).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex("^#+(?= )", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^ *```[a-z]+\n.*?```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^ *\|.*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=\]\()https://[^)]+")]
    private static partial Regex Link();

    [GeneratedRegex(@"`[^`]+`|[0-9]+(\.[0-9]+)*|\|")]
    private static partial Regex Fact();
}
