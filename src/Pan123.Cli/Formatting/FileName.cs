using System.Globalization;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Names of files, which whoever shares a file chooses, on a terminal.</summary>
internal static class FileName
{
    private const string Omission = "…";

    /// <summary>More than the platform allows. What is longer is not looked at as a whole.</summary>
    private const int MaxLength = 1024;

    /// <summary>The name in one line that commands no terminal. A long one is cut in its middle, since both its beginning and its extension tell.</summary>
    /// <param name="name">The name, as the service has it.</param>
    /// <param name="maxWidth">The most columns that it may take; a Chinese character takes two.</param>
    public static string Format(string name, int maxWidth)
    {
        name = name.Length <= MaxLength ? name : $"{name[..(MaxLength / 2)]}{Omission}{name[^(MaxLength / 2)..]}";
        name = MessageSanitizer.ReplaceUnprintable(name);
        if (Width(name) <= maxWidth)
        {
            return name;
        }

        // Whole characters as a reader sees them, which may be several code units.
        var starts = StringInfo.ParseCombiningCharacters(name);
        var left = maxWidth - Width(Omission);
        var (head, tail) = (0, name.Length);
        foreach (var start in starts.Reverse().TakeWhile(start => Width(name[start..]) <= left / 2))
        {
            tail = start;
        }

        left -= Width(name[tail..]);
        foreach (var end in starts.TakeWhile(end => Width(name[..end]) <= left))
        {
            head = end;
        }

        return $"{name[..head]}{Omission}{name[tail..]}";
    }

    private static int Width(string text) => text.GetCellWidth();
}
