using System.Diagnostics;

namespace Pan123.Soak;

/// <summary>A command of this program in a separate process.</summary>
internal static class SoakProcess
{
    public static Process Start(params IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo("dotnet", [typeof(SoakProcess).Assembly.Location, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <returns>Its output.</returns>
    public static async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}
