using System.Diagnostics;

namespace Pan123.ContractTests;

/// <summary>Generates a client from a specification without a build, with the repository's templates and the NSwag that it was built with.</summary>
internal static class Generator
{
    private const string Templates = "src/Pan123.Generated/Generation/Templates";

    /// <summary>NSwag's program.</summary>
    /// <remarks>The build notes it as the first of its inputs.</remarks>
    public static string Tool { get; } = File.ReadLines($"{ApprovedTests.GeneratedClient}.inputs").First();

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

        var client = folder.PathOf("Pan123Client.g.cs");
        var start = new ProcessStartInfo("dotnet", [Tool, "run", configuration]) { WorkingDirectory = folder.PathOf(""), Environment = { ["NSWAG_OUTPUT"] = client } };
        var (exitCode, output) = await ContractTests.Tool.RunAsync(start);
        return exitCode == 0 ? await File.ReadAllTextAsync(client) : output;
    }
}
