using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;

namespace Pan123.PackageTests;

/// <summary>Whoever packs a commit, wherever, gets the same; and a debugger finds its sources.</summary>
public sealed class ReproducibilityTests
{
    private const string Origin = "https://github.com/example/pan123";

    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [OneTimeSetUp]
    public async Task PackTwiceAsync()
    {
        foreach (var clone in new[] { "here", "in another folder" })
        {
            // Through a folder of its own: what is not committed is not published either.
            var repository = _folder.PathOf(clone);
            await GitAsync("clone", "--quiet", Repository.Root, repository);
            await GitAsync("-C", repository, "remote", "set-url", "origin", Origin);
            await Packages.PackAsync(repository, _folder.PathOf($"{clone} packed"));
        }
    }

    [Test]
    public async Task The_assemblies_are_the_same_to_the_byte()
    {
        var (first, second) = (await ReadAssembliesAsync("here packed"), await ReadAssembliesAsync("in another folder packed"));

        Assert.That(first, Has.Count.GreaterThanOrEqualTo(6));
        Assert.That(second.Keys, Is.EquivalentTo(first.Keys));
        Assert.That(first.Keys.Where(name => !first[name].AsSpan().SequenceEqual(second[name])), Is.Empty);
    }

    [TestCase(Packages.Library, "net10.0")]
    [TestCase(Packages.Library, "netstandard2.0")]
    [TestCase(Packages.Emulator, "net10.0")]
    public async Task A_debugger_finds_the_sources(string package, string targetFramework)
    {
        await using var archive = await ZipFile.OpenReadAsync(Directory.GetFiles(_folder.PathOf("here packed"), $"{package}.*.snupkg").Single());
        using var symbols = new MemoryStream(await ReadAsync(archive.GetEntry($"lib/{targetFramework}/{package}.pdb")!));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        var reader = provider.GetMetadataReader();
        var (_, commit) = await Tool.RunAsync(new ProcessStartInfo("git", ["-C", Repository.Root, "rev-parse", "HEAD"]));

        var links = Read(reader, SourceLink).Select(each => Encoding.UTF8.GetString(each.Value)).Single();
        var embedded = Read(reader, EmbeddedSource).Select(each => reader.GetString(reader.GetDocument((DocumentHandle)each.Parent).Name)).ToList();

        Assert.That(links, Does.Contain($"https://raw.githubusercontent.com/example/pan123/{commit.Trim()}/*"));
        Assert.That(embedded.Exists(name => name.EndsWith("Pan123Client.g.cs", StringComparison.Ordinal)), Is.EqualTo(package == Packages.Library), "The generated client is in no repository.");
    }

    private static IEnumerable<(EntityHandle Parent, byte[] Value)> Read(MetadataReader reader, Guid kind) =>
        from handle in reader.CustomDebugInformation
        let information = reader.GetCustomDebugInformation(handle)
        where reader.GetGuid(information.Kind) == kind
        select (information.Parent, reader.GetBlobBytes(information.Value));

    private static async Task GitAsync(params string[] arguments)
    {
        var (exitCode, output) = await Tool.RunAsync(new ProcessStartInfo("git", arguments));
        Assert.That(exitCode, Is.Zero, output);
    }

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry)
    {
        await using var stream = await entry.OpenAsync();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private async Task<Dictionary<string, byte[]>> ReadAssembliesAsync(string packed)
    {
        var assemblies = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var package in Directory.EnumerateFiles(_folder.PathOf(packed), "*.*nupkg"))
        {
            await using var archive = await ZipFile.OpenReadAsync(package);
            foreach (var entry in archive.Entries.Where(entry => Path.GetFileName(entry.FullName).StartsWith("pan123", StringComparison.OrdinalIgnoreCase) && Path.GetExtension(entry.FullName) is ".dll" or ".pdb"))
            {
                assemblies.Add($"{Path.GetFileName(package)}/{entry.FullName}", await ReadAsync(entry));
            }
        }

        return assemblies;
    }
}
