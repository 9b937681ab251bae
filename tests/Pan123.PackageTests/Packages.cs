using System.Diagnostics;

namespace Pan123.PackageTests;

/// <summary>The packages as they are published, packed once for all tests.</summary>
[SetUpFixture]
public sealed class Packages
{
    public const string Library = "Pan123.Generated";
    public const string Emulator = "Pan123.Emulator";
    public const string CommandLine = "Pan123.Cli";

    private const string Variable = "PAN123_PACKAGES";

    // A version that is never published, so that no registry can bring another package of that name.
    private const string VersionSuffix = "packed";

    private static TemporaryFolder? _folder;

    public static string Folder => _folder!.PathOf("");

    public static string Version { get; private set; } = "";

    public static string PathOf(string package, string extension = "nupkg") => _folder!.PathOf($"{package}.{Version}.{extension}");

    /// <summary>Packs as a maintainer does.</summary>
    public static async Task PackAsync(string repository, string output, params string[] arguments)
    {
        foreach (var package in new[] { Library, Emulator, CommandLine })
        {
            await RunAsync(repository, ["pack", Path.Combine(repository, "src", package), "--configuration", "Release", "--output", output, .. arguments]);
        }
    }

    /// <summary>Runs <c>dotnet</c>, which must succeed.</summary>
    public static async Task<string> RunAsync(string workingDirectory, IEnumerable<string> arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = workingDirectory };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var (exitCode, output) = await Tool.RunAsync(start);
        Assert.That(exitCode, Is.Zero, $"dotnet {string.Join(' ', arguments)}: {output}");
        return output;
    }

    [OneTimeSetUp]
    public async Task PackOnceAsync()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) && Environment.GetEnvironmentVariable(Variable) != "1")
        {
            Assert.Ignore($"To pack, install and run the packages takes minutes: {Variable}=1 dotnet test tests/Pan123.PackageTests. CI does it always.");
        }

        _folder = new TemporaryFolder();

        // What the build of the tests has restored: the other test projects may be reading it.
        await PackAsync(Repository.Root, Folder, "--no-restore", $"-p:VersionSuffix={VersionSuffix}");
        Version = Path.GetFileNameWithoutExtension(Directory.GetFiles(Folder, $"{Library}.*.nupkg").Single())[(Library.Length + 1)..];
    }

    [OneTimeTearDown]
    public void Delete() => _folder?.Dispose();
}
