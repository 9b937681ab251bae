using System.Text.RegularExpressions;

namespace Pan123.ContractTests;

/// <summary>A page in Chinese says what it says in English: what can be compared without knowing the language is compared.</summary>
[TestFixture(Page.Card)]
[TestFixture(Page.Library)]
[Parallelizable(ParallelScope.All)]
public sealed partial class LanguageTests(string page)
{
    private string English { get; } = new Page(page).Text;

    private string Chinese { get; } = new Page(page.Replace(".md", ".zh-CN.md", StringComparison.Ordinal)).Text;

    [Test]
    public void Both_have_the_same_sections() => Assert.That(Find(Heading(), Chinese), Is.EqualTo(Find(Heading(), English)));

    [Test]
    public void Both_have_the_same_snippets_and_commands() => Assert.That(Find(Block(), Chinese), Is.EqualTo(Find(Block(), English)));

    [Test]
    public void Both_have_the_same_tables() => Assert.That(Find(Row(), Chinese).Select(Facts), Is.EqualTo(Find(Row(), English).Select(Facts)));

    [Test]
    public void Both_speak_of_the_same_things() => Assert.That(Find(Word(), Chinese).Distinct(), Is.EquivalentTo(Find(Word(), English).Distinct()));

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
