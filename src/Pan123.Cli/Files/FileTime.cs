using System.Globalization;

namespace Pan123.Cli;

/// <summary>When a file was created, as the service writes it.</summary>
internal static class FileTime
{
    /// <summary>That a time without offset is the time of China is inferred, not documented.</summary>
    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);

    // The second one, and the one below, are on other pages of the platform's documentation.
    private static readonly string[] InChina = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss '+0800 CST'"];

    /// <returns>The time; null if it is missing or written in another way.</returns>
    public static DateTimeOffset? Parse(string? text) =>
        DateTime.TryParseExact(text, InChina, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? new DateTimeOffset(time, ChinaStandardTime)
        : DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) ? exact
        : null;
}
