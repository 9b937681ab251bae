using System.Diagnostics;

namespace Pan123.ContractTests;

/// <summary>Generates a client from a specification without a build, with the repository's templates and the NSwag that it was built with.</summary>
internal static class Generator
{
    private const string Templates = "src/Pan123.Generated/Generation/Templates";

    /// <returns>The client, or what NSwag says when it makes none.</returns>
    public static async Task<string> GenerateAsync(string specification)
    {
        using var folder = new TemporaryFolder();
        var configuration = await folder.WriteAsync("nswag.json", await File.ReadAllTextAsync(Repository.PathOf("nswag.json")));
        await folder.WriteAsync(Specification.File, specification);
        foreach (var template in Directory.EnumerateFiles(Repository.PathOf(Templates)))
        {
            await folder.WriteAsync($"{Templates}/{Path.GetFileName(template)}", await File.ReadAllTextAsync(template));
        }

        // The build notes it as the first of its inputs.
        var tool = (await File.ReadAllLinesAsync($"{ApprovedTests.GeneratedClient}.inputs"))[0];
        var (exitCode, output) = await Tool.RunAsync(new ProcessStartInfo("dotnet", [tool, "run", configuration]));
        return exitCode == 0 ? await File.ReadAllTextAsync(folder.PathOf("Pan123Client.g.cs")) : output;
    }
}
