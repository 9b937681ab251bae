using System.Globalization;

namespace Pan123.Cli;

/// <summary>Sizes of files.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>"0 B", "999 B", "1.5 GiB": at most 9 characters.</summary>
    public static string Format(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        // 1023.95 would be rounded to 1,024.0.
        for (; value >= 1023.95 && unit < Units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? $"{bytes}" : value.ToString("0.0", CultureInfo.InvariantCulture))} {Units[unit]}");
    }
}
