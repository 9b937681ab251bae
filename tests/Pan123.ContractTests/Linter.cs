using System.ComponentModel;
using System.Diagnostics;

namespace Pan123.ContractTests;

/// <summary>A strict linter from npm, pinned by the lock file beside its configuration.</summary>
internal static class Linter
{
    private static readonly string Folder = Repository.PathOf("tests/Pan123.ContractTests/Lint");

    private static readonly Lazy<Task> Installation = new(InstallAsync);

    /// <summary>Lints a specification.</summary>
    /// <returns>Whether it passes, and all that the linter says.</returns>
    public static async Task<(bool Passes, string Report)> LintAsync(string file)
    {
        await Installation.Value;
        var (exitCode, output) = await RunAsync(
            "node", "node_modules/@redocly/cli/bin/cli.js", "lint", "--config", "redocly.yaml", "--format", "stylish", "--max-problems", "1000", file);
        return (exitCode == 0, output);
    }

    private static async Task InstallAsync()
    {
        try
        {
            await RunAsync("node", "--version");
        }
        catch (Win32Exception)
        {
            Skip("This needs Node.js 20.19 or later, and npm.");
        }

        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            var (exitCode, output) = OperatingSystem.IsWindows()
                ? await RunAsync("cmd", "/c", "npm", "ci", "--no-audit", "--no-fund")
                : await RunAsync("npm", "ci", "--no-audit", "--no-fund");
            if (exitCode != 0)
            {
                Skip($"The linter could not be installed: {output}");
            }
        }
    }

    private static void Skip(string why)
    {
        Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, $"In CI nothing is skipped. {why}");
        Assert.Ignore(why);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        (start.Environment["REDOCLY_TELEMETRY"], start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"]) = ("off", "true");

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
