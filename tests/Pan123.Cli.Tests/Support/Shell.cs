using System.Diagnostics;

namespace Pan123.Cli.Tests;

/// <summary>The program, started by a shell that redirects, closes and breaks what it reads and writes.</summary>
internal static class Shell
{
    /// <summary>In a command: the program. Its path is in a variable, since a shell would run what the name of a folder says.</summary>
    public const string Program = $"dotnet \"${Variable}\"";

    private const string Variable = "PAN123_PROGRAM";

    /// <summary>Runs a command to its end, without a terminal.</summary>
    /// <param name="command">The command, without any path: these are in variables too.</param>
    /// <param name="environment">Variables.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string command, params (string Name, string Value)[] environment)
    {
        using var process = Start(["bash", "-c", command], environment);
        process.StandardInput.Close();
        return await WaitAsync(process);
    }

    /// <summary>Runs a command on a terminal, which a person reads and types at.</summary>
    /// <param name="command">The command.</param>
    /// <param name="question">What the person waits for, if for anything.</param>
    /// <param name="typed">What is typed then.</param>
    /// <param name="environment">Variables.</param>
    /// <returns>The exit code, and all that the terminal showed.</returns>
    public static Task<(int ExitCode, string Screen)> RunOnTerminalAsync(string command, string question, string typed, params (string Name, string Value)[] environment) =>
        RunOnTerminalAsync(command, question.Length == 0 ? [] : [(question, typed)], environment);

    /// <summary>The same, with several questions in this order.</summary>
    public static async Task<(int ExitCode, string Screen)> RunOnTerminalAsync(
        string command, IReadOnlyList<(string Question, string Typed)> dialog, params (string Name, string Value)[] environment)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script"))
        {
            Assert.That(System.Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, "In CI nothing is skipped.");
            Assert.Ignore("This needs Linux and the program 'script', which makes a terminal.");
        }

        // In bash, which a command on its own replaces: another shell would stay, and make an exit code of its own of the Ctrl+C that it gets too.
        using var process = Start(["script", "--quiet", "--return", "--flush", "--command", command, "/dev/null"], [("SHELL", "/bin/bash"), ("TERM", "xterm-256color"), .. environment]);
        var screen = new System.Text.StringBuilder();
        var buffer = new char[1024];
        var asked = 0;
        while (await process.StandardOutput.ReadAsync(buffer) is > 0 and var read)
        {
            screen.Append(buffer, 0, read);
            if (asked < dialog.Count && screen.ToString().Contains(dialog[asked].Question, StringComparison.Ordinal))
            {
                await process.StandardInput.WriteAsync(dialog[asked++].Typed);
                await process.StandardInput.FlushAsync();
            }
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, screen.ToString());
    }

    public static Process Start(string[] command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment[Variable] = typeof(CommandLine).Assembly.Location;
        // Whoever runs the tests may have another language.
        start.Environment[EnvironmentVariable.Language] = "en";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static async Task<(int ExitCode, string Output, string Error)> WaitAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
