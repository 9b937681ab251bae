using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;

namespace Pan123.Cli.Tests;

/// <summary>Each text in the code has a translation, and each translation a text.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class TranslationTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Chinese = new(() =>
        XDocument.Load(Repository.PathOf("src/Pan123.Cli/Localization/Texts.zh-Hans.resx")).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.Ordinal));

    // Names that the platform's users know, and punctuation.
    private static readonly string[] WithoutIdeographs = ["{0}{1:N0}/{2:N0}", "[dim]traceID：{0}[/]", "{0}（{1}）", "clientID:"];

    // What is only for programs or for whoever reads the code, and what is made again by ErrorText.
    private static readonly string[] NotTranslated =
    [
        "access token {0}",
        "this is a dry run.",
        "a fault that the emulator was asked for",
        "An entry needs an absolute expiration.",
        "An entry has an absolute expiration.",
        "It is empty.",
        "It is null.",
        "An earlier run sent them and got no valid response, so they may be deleted. {0}",
        "This run did not send them: {0}",
        "This run: {0}",
        "The environment variable {0} is '{1}': set it to en or zh, or unset it. Nothing was sent.",
    ];

    /// <summary>The warnings of the library that the program shows, see <see cref="WarningLogger"/>.</summary>
    private static IEnumerable<string> Warnings =>
        from type in typeof(Pan123Client).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is { Level: >= LogLevel.Warning } && attribute.EventId != WarningLogger.NotDeleted
        select attribute.Message;

    private static IEnumerable<string> Texts => SourceTexts.FindKeys().Select(text => text.Key).Where(HasWords).Concat(Warnings);

    [Test]
    public void Each_text_has_a_translation() => Assert.That(Texts.Except(Chinese.Value.Keys), Is.Empty);

    [Test]
    public void Each_translation_has_a_text() => Assert.That(Chinese.Value.Keys.Except([.. SourceTexts.FindKeys().Select(text => text.Key), .. Warnings]), Is.Empty);

    [Test]
    public void There_are_texts_and_warnings()
    {
        Assert.That(Texts.Count(), Is.GreaterThan(250));
        Assert.That(Warnings.Count(), Is.GreaterThan(5));
    }

    [Test]
    public void A_translation_has_the_holes_of_its_text_with_the_same_formats() => Assert.That(
        Chinese.Value.Where(pair => !Holes(pair.Key).SetEquals(Holes(pair.Value))).Select(pair => pair.Key), Is.Empty);

    [Test]
    public void A_translation_has_the_markup_of_its_text() => Assert.That(
        Chinese.Value.Where(pair => string.Join(' ', Markup.Matches(pair.Key)) != string.Join(' ', Markup.Matches(pair.Value))).Select(pair => pair.Key), Is.Empty);

    [Test]
    public void A_translation_is_Chinese_and_typeset_as_Chinese_is() => Assert.That(
        Chinese.Value.Where(pair => (HasWords(pair.Key) && !Ideograph.IsMatch(pair.Value)) || Misprint.IsMatch(pair.Value)).Select(pair => pair.Value), Is.EquivalentTo(WithoutIdeographs));

    [Test]
    public void No_sentence_in_the_code_is_passed_over()
    {
        var sentences = SourceTexts.FindOthers().Where(other => Sentence.IsMatch(Hole.Replace(other.Text, "{}"))).ToList();

        Assert.That(sentences.Where(other => !NotTranslated.Contains(other.Text)), Is.Empty);
        Assert.That(NotTranslated.Except(sentences.Select(other => other.Text)), Is.Empty, "Those that are no longer there.");
    }

    private static bool HasWords(string text) => Letter.IsMatch(Markup.Replace(Hole.Replace(text, ""), ""));

    private static HashSet<string> Holes(string text) => [.. Hole.Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{\w+[^}]*\}")]
    private static partial Regex Hole { get; }

    [GeneratedRegex(@"\[(/|bold|dim|green|olive|red)\]")]
    private static partial Regex Markup { get; }

    [GeneratedRegex("[A-Za-z]")]
    private static partial Regex Letter { get; }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Ideograph { get; }

    /// <summary>Punctuation of half width, or a blank missing or too much, next to Chinese.</summary>
    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}[,;:?!()]|[,;:?!()]\p{IsCJKUnifiedIdeographs}|\p{IsCJKUnifiedIdeographs}[A-Za-z0-9]|[A-Za-z0-9]\p{IsCJKUnifiedIdeographs}|\p{IsCJKUnifiedIdeographs} \p{IsCJKUnifiedIdeographs}|[，。；：？！）] | [，。；：？！（]")]
    private static partial Regex Misprint { get; }

    /// <summary>Three words, or two and a period.</summary>
    [GeneratedRegex(@"[A-Za-z]+ [a-z]+( [a-z{]|\.|:)|[a-z]{2,} [a-z]{2,}")]
    private static partial Regex Sentence { get; }
}
