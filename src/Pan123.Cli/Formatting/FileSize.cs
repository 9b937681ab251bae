using System.Globalization;

namespace Pan123.Cli;

/// <summary>Sizes of files as people say them.</summary>
internal static class FileSize
{
    private static readonly string[] Units = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB"];

    /// <summary>"999 B", "1.0 kB", "518.6 MB": a kB is 1,000 bytes, as in the names of the units.</summary>
    /// <param name="bytes">The size; a decimal, since a sum of sizes may be more than the largest of them.</param>
    public static string Format(decimal bytes)
    {
        if (bytes < 1000)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes:0} B");
        }

        var (value, unit) = (bytes / 1000, 0);

        // From here on it would be rounded to 1,000.0.
        while (value >= 999.95m && unit < Units.Length - 1)
        {
            (value, unit) = (value / 1000, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:N1} {Units[unit]}");
    }
}
