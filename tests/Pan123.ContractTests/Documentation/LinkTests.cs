using System.Text;
using System.Text.RegularExpressions;

namespace Pan123.ContractTests;

/// <summary>No link within the repository leads nowhere, and no file or folder that is named is missing.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class LinkTests
{
    private static IEnumerable<string> Pages => Page.All;

    // What a package's page needs is in PackageContentTests.
    [TestCaseSource(nameof(Pages))]
    public void Every_link_resolves(string page)
    {
        var links = Link().Matches(WithoutCode(page)).Select(match => match.Groups[1].Value).Where(link => !link.StartsWith("https://", StringComparison.Ordinal));

        Assert.That(links.Where(link => !Resolves(page, link)), Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void Every_file_that_is_named_is_there(string page)
    {
        var paths = RepositoryPath().Matches(new Page(page).Text).Select(match => match.Groups[1].Value).Where(path => !path.Contains('…', StringComparison.Ordinal));

        Assert.That(paths.Where(path => !Exists(path)), Is.Empty);
    }

    [Test]
    public void Every_page_is_linked_from_the_card_or_from_a_page_that_is()
    {
        var reached = new HashSet<string>([Page.Card, "README.zh-CN.md"]);
        var left = new Queue<string>(reached);
        while (left.TryDequeue(out var page))
        {
            foreach (var target in Link().Matches(WithoutCode(page)).Select(match => Target(page, match.Groups[1].Value)).Where(target => Page.All.Contains(target) && reached.Add(target)))
            {
                left.Enqueue(target);
            }
        }

        Assert.That(Page.All.Except(reached), Is.Empty);
    }

    private static bool Resolves(string page, string link)
    {
        var (target, anchor) = (Target(page, link), link.Split('#').ElementAtOrDefault(1));
        return Exists(target) && (anchor is null || Heading().Matches(WithoutCode(target)).Any(heading => Anchor(heading.Groups[1].Value) == anchor));
    }

    /// <summary>A path below the repository's root: links are relative to their page, or begin with a slash.</summary>
    private static string Target(string page, string link) => link.Split('#')[0] switch
    {
        "" => page,
        ['/', .. var path] => path,
        var path => Path.GetRelativePath(Repository.Root, Path.Combine(Path.GetDirectoryName(Repository.PathOf(page))!, path)).Replace('\\', '/'),
    };

    private static bool Exists(string path) => File.Exists(Repository.PathOf(path)) || Directory.Exists(Repository.PathOf(path));

    /// <summary>As GitHub makes it of a heading.</summary>
    private static string Anchor(string heading)
    {
        var anchor = new StringBuilder();
        foreach (var character in heading.Trim().Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_'))
        {
            anchor.Append(character == ' ' ? '-' : char.ToLowerInvariant(character));
        }

        return anchor.ToString();
    }

    private static string WithoutCode(string page) => Block().Replace(new Page(page).Text, "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"`((?:src|tests|spec|\.ci|\.github)/[^`\s]*)`")]
    private static partial Regex RepositoryPath();
}
