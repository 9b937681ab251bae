using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Texts in the cells of a terminal, of which a Chinese character takes two.</summary>
internal static partial class Cells
{
    /// <summary>
    /// What stands together on a line, with the blanks before it: a word without wide characters, or a single wide one; opening punctuation before it and closing punctuation behind it.
    /// </summary>
    [GeneratedRegex(@"(?<blanks> *)(?<unit>[（《「“]*(?:\p{IsCJKUnifiedIdeographs}|[^ \p{IsCJKUnifiedIdeographs}（《「“，。、；：！？）》」”]+)?[，。、；：！？）》」”]*)")]
    private static partial Regex Unit { get; }

    public static string PadLeft(string text, int width) => new string(' ', Math.Max(width - text.GetCellWidth(), 0)) + text;

    public static string PadRight(string text, int width) => text + new string(' ', Math.Max(width - text.GetCellWidth(), 0));

    /// <returns>The lines. A word that is wider than a line is not divided.</returns>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        var left = width;
        foreach (var match in Unit.Matches(text).Where(match => match.Length > 0))
        {
            if (match.Value.GetCellWidth() > left && line.Length > 0)
            {
                yield return line.ToString();
                (line, left) = (new StringBuilder(), width);
            }

            var unit = line.Length == 0 ? match.Groups["unit"].Value : match.Value;
            line.Append(unit);
            left -= unit.GetCellWidth();
        }

        yield return line.ToString();
    }
}
