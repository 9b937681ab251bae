using System.Diagnostics;

namespace Pan123.ContractTests;

/// <summary>What the library is built from, in a folder of its own, to be changed and built there.</summary>
internal sealed class RepositoryCopy : IDisposable
{
    private static readonly string[] Sources =
    [
        "CHANGELOG.md", "Directory.Build.props", "Directory.Packages.props", ".editorconfig", "global.json", "nswag.json", "spec", "src/BannedSymbols.txt", "src/Directory.Build.props",
        "src/Pan123.Generated",
    ];

    // What a folder's name would make if it was executed.
    public const string Executed = "executed";

    // All at once that a shell, MSBuild or NSwag takes for something else; see FolderNameTests.
    private const string OddName = $"copy $(touch {Executed}) `touch {Executed}` $HOME ;a,b#c'd&e%f(g)=@[h]{{i}}!^~ 中文";

    private readonly string _folder = Directory.CreateTempSubdirectory("pan123-").FullName;
    private readonly string _copy;

    /// <summary>Copies the sources.</summary>
    /// <param name="name">The name of the folder that they are copied to.</param>
    public RepositoryCopy(string name = OddName)
    {
        _copy = Path.Combine(_folder, name);
        foreach (var file in Sources.SelectMany(FilesOf))
        {
            Copy(file);
        }
    }

    public string PathOf(string relativePath) => Path.Combine(_copy, relativePath);

    public IReadOnlyList<string> GeneratedFiles() =>
        [.. Directory.EnumerateFiles(PathOf("src/Pan123.Generated/obj"), "Pan123Client.g.cs*", SearchOption.AllDirectories).Order()];

    /// <summary>Copies as much of what restore made in the repository as generating needs, and saves the time of a restore.</summary>
    public void CopyRestore() => Copy(Repository.PathOf("src/Pan123.Generated/obj/Pan123.Generated.csproj.nuget.g.props"));

    /// <summary>What the folder's name has made, which should be nothing.</summary>
    public IEnumerable<string> FindExecuted() => Directory.EnumerateFiles(_folder, Executed, SearchOption.AllDirectories);

    /// <summary>Builds the library for both target frameworks; not from the repository's folder, and without analyzers, which are slow.</summary>
    public Task<BuildResult> BuildAsync(params string[] arguments) => RunAsync(["build", "-p:RunAnalyzers=false", .. arguments]);

    /// <summary>Only as much of a build, of one target framework, as generates.</summary>
    public Task<BuildResult> GenerateAsync(params string[] arguments) =>
        RunAsync(["msbuild", "-t:CompileGeneratedClient", "-p:TargetFramework=net10.0", .. arguments]);

    /// <summary>Builds and runs a program that refers to the library.</summary>
    public async Task<BuildResult> RunProgramAsync(string program, params string[] arguments)
    {
        Directory.CreateDirectory(PathOf("program"));
        await File.WriteAllTextAsync(PathOf("program/Program.cs"), program);
        await File.WriteAllTextAsync(
            PathOf("program/Program.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../src/Pan123.Generated/Pan123.Generated.csproj" /></ItemGroup>
            </Project>
            """);
        return await StartAsync(["run", "--project", PathOf("program/Program.csproj"), "-p:RunAnalyzers=false", "-p:NuGetAudit=false", "--", .. arguments]);
    }

    private void Copy(string file)
    {
        var target = PathOf(Path.GetRelativePath(Repository.Root, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }

    private Task<BuildResult> RunAsync(string[] arguments) =>
        StartAsync([.. arguments, PathOf("src/Pan123.Generated/Pan123.Generated.csproj"), "-nodeReuse:false", "-tl:off"]);

    private async Task<BuildResult> StartAsync(IEnumerable<string> arguments)
    {
        var (exitCode, output) = await Tool.RunAsync(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder });
        return new BuildResult(exitCode, output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> FilesOf(string source)
    {
        var path = Repository.PathOf(source);
        return File.Exists(path)
            ? [path]
            : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => !IsOutput(Path.GetRelativePath(path, file)));

        static bool IsOutput(string file) => file.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";
    }
}
