using System.Globalization;

namespace Pan123.Cli;

/// <summary>Sizes of files.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    private static readonly (string Unit, long Bytes)[] Factors =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1), ("", 1),
    ];

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

    /// <summary>Reads "10MB", "1.5 GiB", "1000".</summary>
    /// <returns>The number of bytes; null if the text is not a size, or is too large.</returns>
    public static long? Parse(string text)
    {
        var (unit, factor) = Array.Find(Factors, each => text.EndsWith(each.Unit, StringComparison.OrdinalIgnoreCase));
        var number = text[..^unit.Length].TrimEnd();
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= long.MaxValue / factor
            ? (long)(value * factor)
            : null;
    }
}
