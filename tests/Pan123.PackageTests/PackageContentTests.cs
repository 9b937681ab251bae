using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Pan123.PackageTests;

/// <summary>What is in the packages, and what they say of themselves.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class PackageContentTests
{
    // What every package has, with names by chance.
    private static readonly string[] Wrapping = ["_rels/", "package/", "[Content_Types].xml"];

    [TestCase(Packages.Library)]
    [TestCase(Packages.Emulator)]
    [TestCase(Packages.CommandLine)]
    public async Task The_package_is_as_approved(string package)
    {
        await using var archive = await ZipFile.OpenReadAsync(Packages.PathOf(package));
        var manifest = XDocument.Parse(await ReadAsync(archive, $"{package}.nuspec")).Root!;

        var listing = new StringBuilder();
        foreach (var name in archive.Entries.Select(entry => entry.FullName).Where(name => !Array.Exists(Wrapping, name.StartsWith)).Order(StringComparer.Ordinal))
        {
            listing.Append(name).Append('\n');
        }

        ApprovedFile.Check($"{package}.approved.txt", $"{listing}\n{Describe(manifest)}\n");
    }

    [TestCase(Packages.Library, "lib/net10.0/Pan123.Generated.pdb")]
    [TestCase(Packages.Library, "lib/netstandard2.0/Pan123.Generated.pdb")]
    [TestCase(Packages.Emulator, "lib/net10.0/Pan123.Emulator.pdb")]
    [TestCase(Packages.CommandLine, "tools/net10.0/any/pan123.pdb")]
    public async Task Its_symbols_are_in_a_package_of_their_own(string package, string symbols)
    {
        await using var archive = await ZipFile.OpenReadAsync(Packages.PathOf(package, "snupkg"));

        Assert.That(archive.Entries.Select(entry => entry.FullName), Does.Contain(symbols));
    }

    [TestCase(Packages.Library, "README.md")]
    [TestCase(Packages.Library, "README.zh-CN.md")]
    [TestCase(Packages.Emulator, "README.md")]
    [TestCase(Packages.CommandLine, "README.md")]
    public async Task Its_page_is_that_of_the_project_without_links_into_the_repository(string package, string page)
    {
        await using var archive = await ZipFile.OpenReadAsync(Packages.PathOf(package));

        var text = await ReadAsync(archive, page);

        Assert.That(text, Is.EqualTo(LinkIntoRepository().Replace(Diagram().Replace(new Page($"src/{package}/{page}").Text, ""), "$1")));
        Assert.That(Link().Matches(text).Select(match => match.Groups[1].Value), Has.All.StartsWith("https://").Or.StartWith("#"));
    }

    [Test]
    public async Task Its_links_lead_into_the_repository_once_that_has_an_address()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output) = await Tool.RunAsync(new("dotnet", ["msbuild", Repository.PathOf("src/Pan123.Cli"), "-target:WritePackagePages", "-property:RepositoryAddress=https://example.com/pan", $"-property:PackagePageFolder={folder.PathOf("pages/")}"]));
        Assert.That(exitCode, Is.Zero, output);

        var links = Link().Matches(await File.ReadAllTextAsync(folder.PathOf("pages/README.md"))).Select(match => match.Groups[1].Value);

        Assert.That(links, Has.Member("https://example.com/pan/blob/HEAD/src/Pan123.Emulator/README.md").And.None.StartsWith("/"));
    }

    // Without what each release changes.
    private static XElement Describe(XElement manifest)
    {
        var metadata = manifest.Elements().Single();
        var description = new XElement("metadata", metadata.Elements().Select(WithoutNamespace));
        description.Element("version")!.Value = description.Element("version")!.Value == Packages.Version ? "(the version)" : "(another version)";
        description.Element("releaseNotes")!.Value = description.Element("releaseNotes")!.Value.Contains("## ", StringComparison.Ordinal) ? "(the changelog)" : "(none)";

        // A clone from nowhere in particular has only its commit.
        description.Element("repository")?.Remove();
        return description;
    }

    private static XElement WithoutNamespace(XElement element) => new(
        element.Name.LocalName, element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration), element.HasElements ? element.Elements().Select(WithoutNamespace) : element.Value);

    private static async Task<string> ReadAsync(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(await archive.GetEntry(name)!.OpenAsync());
        return await reader.ReadToEndAsync();
    }

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[([^\]]*)\]\(/[^)]*\)")]
    private static partial Regex LinkIntoRepository();

    [GeneratedRegex("```mermaid.*?```\n\n|!\\[[^\n]*\n\n", RegexOptions.Singleline)]
    private static partial Regex Diagram();
}
