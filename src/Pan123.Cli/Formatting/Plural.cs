using System.Globalization;

namespace Pan123.Cli;

/// <summary>Numbers of things.</summary>
internal static class Plural
{
    /// <summary>"1 file", "2 files", "12,345 files".</summary>
    public static string Format(long count, string one = "file", string many = "files") =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
