using System.ComponentModel;
using System.Diagnostics;

namespace Pan123.ContractTests;

/// <summary>Tools from npm, pinned by the lock file in the folder <c>Node</c>. Where there is no Node.js, the tests that need them are skipped; in CI they fail.</summary>
internal static class NodeTools
{
    private static readonly string Folder = Repository.PathOf("tests/Pan123.ContractTests/Node");

    private static readonly Lazy<Task> Installation = new(InstallAsync);

    /// <summary>Starts a tool with its standard output and error redirected.</summary>
    /// <param name="script">The script of the tool, below <c>node_modules</c>.</param>
    /// <param name="arguments">What the tool is told.</param>
    public static async Task<Process> StartAsync(string script, params string[] arguments)
    {
        await Installation.Value;
        return Start("node", [$"node_modules/{script}", .. arguments]);
    }

    /// <summary>Runs a tool to its end.</summary>
    /// <returns>Its exit code, and all that it says.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string script, params string[] arguments)
    {
        using var process = await StartAsync(script, arguments);
        return await ReadToEndAsync(process);
    }

    private static async Task InstallAsync()
    {
        try
        {
            using var process = Start("node", ["--version"]);
            await ReadToEndAsync(process);
        }
        catch (Win32Exception)
        {
            Skip("This needs Node.js 20.19 or later, and npm.");
        }

        // npm writes this file last.
        if (!File.Exists(Path.Combine(Folder, "node_modules/.package-lock.json")))
        {
            string[] install = ["npm", "ci", "--no-audit", "--no-fund"];
            using var process = OperatingSystem.IsWindows() ? Start("cmd", ["/c", .. install]) : Start(install[0], install[1..]);
            var (exitCode, output) = await ReadToEndAsync(process);
            if (exitCode != 0)
            {
                Skip($"npm could not install the tools: {output}");
            }
        }
    }

    private static void Skip(string why)
    {
        Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, $"In CI nothing is skipped. {why}");
        Assert.Ignore(why);
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        (start.Environment["REDOCLY_TELEMETRY"], start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"]) = ("off", "true");
        return Process.Start(start)!;
    }

    private static async Task<(int ExitCode, string Output)> ReadToEndAsync(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
