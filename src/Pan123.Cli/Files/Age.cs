using System.Globalization;

namespace Pan123.Cli;

/// <summary>Ages of files, such as "30d" and "12h".</summary>
internal static class Age
{
    private const double MaxDays = 100_000;

    /// <returns>The time; null if the text is not an age, or the age is longer than the service exists.</returns>
    public static TimeSpan? Parse(string text)
    {
        double? days = text.Length > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? text[^1] switch { 'd' => number, 'h' => number / 24, _ => null }
            : null;
        return days <= MaxDays ? TimeSpan.FromDays(days.Value) : null;
    }
}
