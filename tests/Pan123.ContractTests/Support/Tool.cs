using System.Diagnostics;

namespace Pan123.ContractTests;

/// <summary>Programs that tests run, with all that they say.</summary>
internal static class Tool
{
    public static Process Start(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        return Process.Start(start)!;
    }

    /// <summary>Skips the test that calls it, for what this machine lacks. In CI it fails.</summary>
    public static void Skip(string why)
    {
        Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, $"In CI nothing is skipped. {why}");
        Assert.Ignore(why);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, and what it wrote to standard output and then to standard error.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start)
    {
        using var process = Start(start);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
