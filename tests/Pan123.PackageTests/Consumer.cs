using System.Diagnostics;

namespace Pan123.PackageTests;

/// <summary>Projects of somebody who installs the packages, in a folder outside of the repository.</summary>
internal sealed class Consumer : IDisposable
{
    // Not the audit, which may say another thing tomorrow, and not that a mirror of the registry lacks the very version that a package of
    // others asks for.
    private const string Settings =
        """
        <Project>
          <PropertyGroup>
            <LangVersion>latest</LangVersion>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <WarningsNotAsErrors>NU1603;NU1900;NU1901;NU1902;NU1903;NU1904</WarningsNotAsErrors>
            <RestoreAdditionalProjectSources>FOLDER</RestoreAdditionalProjectSources>
            <RestorePackagesPath>$(MSBuildThisFileDirectory)cache</RestorePackagesPath>
          </PropertyGroup>
        </Project>
        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>Adds a project.</summary>
    /// <param name="name">Its name, and that of its folder.</param>
    /// <param name="properties">What is special about it.</param>
    /// <param name="references">Names of packages of ours, with no version; packages of others, with one after a slash; projects, with their path.</param>
    /// <param name="files">What is in it. With a file of F#, it is a project of F#.</param>
    /// <param name="sdk">What it is built by.</param>
    public async Task AddProjectAsync(
        string name, string properties, string[] references, (string Name, string Text)[] files, string sdk = "Microsoft.NET.Sdk")
    {
        // Unlike a project of C#, one of F# names its files.
        var sources = files.Select(file => file.Name).Where(file => Path.GetExtension(file) == ".fs").ToList();
        await AddFilesAsync(name, files);
        await _folder.WriteAsync(
            $"{name}/{name}.{(sources.Count > 0 ? "fsproj" : "csproj")}",
            $"""
             <Project Sdk="{sdk}">
               <PropertyGroup>{properties}</PropertyGroup>
               <ItemGroup>{string.Concat(sources.Select(file => $"""<Compile Include="{file}" />"""))}{string.Concat(references.Select(ToXml))}</ItemGroup>
             </Project>
             """);
    }

    /// <summary>Adds files that get along without a project.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="files">Which.</param>
    public async Task AddFilesAsync(string folder, params (string Name, string Text)[] files)
    {
        await _folder.WriteAsync("Directory.Build.props", Settings.Replace("FOLDER", Packages.Folder, StringComparison.Ordinal));
        foreach (var (file, text) in files)
        {
            await _folder.WriteAsync($"{folder}/{file}", text);
        }
    }

    public Task<string> BuildAsync(string project) => Packages.RunAsync(_folder.PathOf(project), ["build", "-tl:off"]);

    public Task<string> DotNetAsync(string project, IEnumerable<string> arguments, params (string Name, string Value)[] variables) =>
        Packages.RunAsync(_folder.PathOf(project), arguments, variables);

    /// <summary>Runs a program that was built.</summary>
    /// <returns>What it said; it must succeed.</returns>
    public async Task<string> RunAsync(string program, IEnumerable<string> arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.PathOf("") };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var (exitCode, output) = await Tool.RunAsync(start);
        Assert.That(exitCode, Is.Zero, output);
        return output;
    }

    public string PathOf(string relativePath) => _folder.PathOf(relativePath);

    public void Dispose() => _folder.Dispose();

    private static string ToXml(string reference) => reference.Split('/') switch
    {
        [var ours] => $"""<PackageReference Include="{ours}" Version="{Packages.Version}" />""",
        [var theirs, var version] => $"""<PackageReference Include="{theirs}" Version="{version}" />""",
        _ => $"""<ProjectReference Include="{reference}" />""",
    };
}
