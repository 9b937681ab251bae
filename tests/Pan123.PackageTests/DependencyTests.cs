using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Pan123.PackageTests;

/// <summary>Whatever the library was compiled with, a program gets too: from its framework, or from the package's dependencies.</summary>
public sealed class DependencyTests
{
    // Each restores other dependencies of the dependencies.
    private static readonly string[] Frameworks = ["net10.0", "net9.0", "net8.0", "net48", "net462"];

    private readonly Consumer _consumer = new();

    [OneTimeTearDown]
    public void Delete() => _consumer.Dispose();

    [OneTimeSetUp]
    public async Task RestoreAsync()
    {
        await _consumer.AddProjectAsync(
            "Shell",
            $"<OutputType>Exe</OutputType><TargetFrameworks>{string.Join(';', Frameworks)}</TargetFrameworks><CheckEolTargetFramework>false</CheckEolTargetFramework>",
            [Packages.Library],
            []);
        await _consumer.DotNetAsync("Shell", ["restore", "-tl:off"]);
    }

    [TestCaseSource(nameof(Frameworks))]
    public async Task Each_reference_of_the_library_is_there(string framework)
    {
        var references = await ResolveAsync(framework);
        var library = references.Single(reference => Path.GetFileName(reference) == "Pan123.Generated.dll");
        var present = references.Select(VersionOf).ToLookup(reference => reference.Name, reference => reference.Version, StringComparer.OrdinalIgnoreCase);

        var missing = ReferencesOf(library).Where(reference => !present[reference.Name].Any(version => version >= reference.Version));

        Assert.That(missing, Is.Empty, library);
    }

    [Test]
    public async Task Each_build_of_the_library_is_the_one_of_some_framework()
    {
        await using var archive = await ZipFile.OpenReadAsync(Packages.PathOf(Packages.Library));
        var builds = archive.Entries.Select(entry => entry.FullName).Where(name => Path.GetExtension(name) == ".dll").ToList();
        var used = new List<string>();
        foreach (var framework in Frameworks)
        {
            used.Add((await ResolveAsync(framework)).Single(reference => Path.GetFileName(reference) == "Pan123.Generated.dll"));
        }

        Assert.That(builds, Is.Not.Empty);
        Assert.That(builds.Where(build => !used.Exists(path => path.EndsWith(build, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    // What the program runs with: the framework, and the files that are copied beside it. What it compiles with may be more.
    private async Task<List<string>> ResolveAsync(string framework)
    {
        // On .NET Framework, netstandard.dll and others are found by themselves.
        var targets = framework.StartsWith("net4", StringComparison.Ordinal) ? "ResolveReferences;ImplicitlyExpandDesignTimeFacades" : "ResolveReferences";

        // In a file, since on standard output it stands beside warnings.
        var result = _consumer.PathOf($"{framework}.json");
        await _consumer.DotNetAsync(
            "Shell",
            ["msbuild", $"-property:TargetFramework={framework}", $"-target:{targets}", "-getItem:ReferencePath,ReferenceCopyLocalPaths", $"-getResultOutputFile:{result}"]);
        var items = JsonDocument.Parse(await File.ReadAllTextAsync(result)).RootElement.GetProperty("Items");
        var ofTheFramework = items.GetProperty("ReferencePath").EnumerateArray()
            .Where(item => item.TryGetProperty("FrameworkReferenceName", out _) || Metadata(item, "FrameworkFile") == "true" || Metadata(item, "ResolvedFrom") == "ImplicitlyExpandDesignTimeFacades");
        return [.. ofTheFramework.Concat(items.GetProperty("ReferenceCopyLocalPaths").EnumerateArray())
            .Select(item => item.GetProperty("FullPath").GetString()!)
            .Where(path => Path.GetExtension(path) == ".dll")];
    }

    private static string? Metadata(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static (string Name, Version Version) VersionOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var assembly = reader.GetAssemblyDefinition();
        return (reader.GetString(assembly.Name), assembly.Version);
    }

    private static List<(string Name, Version Version)> ReferencesOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(reader.GetAssemblyReference).Select(reference => (reader.GetString(reference.Name), reference.Version))];
    }
}
