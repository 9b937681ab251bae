using System.Globalization;

namespace Pan123.Cli.Tests;

/// <summary>Which signals the processes that a test starts can get.</summary>
internal static class Signals
{
    /// <summary>
    /// Skips a test where the tests were started with the signal ignored, as by <c>nohup</c> or in the background of a script: what they start
    /// inherits that, and would wait for ever.
    /// </summary>
    public static void AssumeHeeded(params string[] names)
    {
        if (OperatingSystem.IsLinux())
        {
            var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Split('\t')[1];
            var ignored = ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            foreach (var name in names)
            {
                Assume.That((ignored >> (Number(name) - 1)) & 1, Is.Zero, $"The tests were started with SIG{name} ignored: start them in the foreground.");
            }
        }
    }

    private static int Number(string name) => name switch
    {
        "HUP" => 1,
        "INT" => 2,
        "TERM" => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The signal is not known here."),
    };
}
