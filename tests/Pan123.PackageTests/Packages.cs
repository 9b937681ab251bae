using System.Diagnostics;

namespace Pan123.PackageTests;

/// <summary>The packages as they are published, packed once for all tests.</summary>
[SetUpFixture]
public sealed class Packages
{
    public const string Library = "Pan123.Generated";
    public const string Emulator = "Pan123.Emulator";
    public const string CommandLine = "Pan123.Cli";

    // 1, or the folder in which they are.
    private const string Variable = "PAN123_PACKAGES";

    private static TemporaryFolder? _folder;

    public static string Folder { get; private set; } = "";

    public static string Version { get; private set; } = "";

    public static string PathOf(string package, string extension = "nupkg") => Path.Combine(Folder, $"{package}.{Version}.{extension}");

    /// <summary>Packs what is published, by the script that a release is made with.</summary>
    public static async Task PackAsync(string repository, string output)
    {
        var (exitCode, text) = await Tool.RunAsync(new ProcessStartInfo("bash", [Path.Combine(repository, ".ci/pack"), output]));
        Assert.That(exitCode, Is.Zero, text);
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
        Folder = Environment.GetEnvironmentVariable(Variable) ?? "";
        if (Folder.Length == 0)
        {
            Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, $"In CI nothing is skipped: set {Variable}.");
            Assert.Ignore($"To pack, install and run the packages takes minutes: {Variable}=1 dotnet test tests/Pan123.PackageTests. CI does it always.");
        }

        if (Folder == "1")
        {
            _folder = new TemporaryFolder();
            Folder = _folder.PathOf("packed");
            await PackAsync(Repository.Root, Folder);
        }

        Version = Path.GetFileNameWithoutExtension(Directory.GetFiles(Folder, $"{Library}.*.nupkg").Single())[(Library.Length + 1)..];
    }

    [OneTimeTearDown]
    public void Delete() => _folder?.Dispose();
}
