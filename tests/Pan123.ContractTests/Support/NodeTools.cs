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
        return Tool.Start(Prepare("node", [$"node_modules/{script}", .. arguments]));
    }

    /// <summary>Runs a tool to its end.</summary>
    /// <returns>Its exit code, and all that it says.</returns>
    public static Task<(int ExitCode, string Output)> RunAsync(string script, params string[] arguments) => RunFileAsync($"node_modules/{script}", arguments);

    /// <summary>Runs a script that is no tool to its end.</summary>
    /// <returns>Its exit code, and all that it says.</returns>
    public static async Task<(int ExitCode, string Output)> RunFileAsync(string script, params string[] arguments)
    {
        await Installation.Value;
        return await Tool.RunAsync(Prepare("node", [script, .. arguments]));
    }

    /// <summary>A folder for scripts that import what is installed: Node.js looks for it in the folders above.</summary>
    public static TemporaryFolder CreateFolder() => new(Path.Combine(Folder, "obj"));

    private static async Task InstallAsync()
    {
        try
        {
            await Tool.RunAsync(Prepare("node", ["--version"]));
        }
        catch (Win32Exception)
        {
            Tool.Skip("This needs Node.js 20.19 or later, and npm.");
        }

        // npm writes this file last. A lock file that is newer is another one.
        var installed = new FileInfo(Path.Combine(Folder, "node_modules/.package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            string[] install = ["npm", "ci", "--no-audit", "--no-fund"];
            var (exitCode, output) = await Tool.RunAsync(OperatingSystem.IsWindows() ? Prepare("cmd", ["/c", .. install]) : Prepare(install[0], install[1..]));
            if (exitCode != 0)
            {
                Tool.Skip($"npm could not install the tools: {output}");
            }
        }
    }

    private static ProcessStartInfo Prepare(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder };
        (start.Environment["REDOCLY_TELEMETRY"], start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"]) = ("off", "true");

        // What they say is read, and on a build server they would color it.
        start.Environment["NO_COLOR"] = "1";
        start.Environment.Remove("FORCE_COLOR");
        return start;
    }
}
