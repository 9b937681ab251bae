using System.CommandLine.Parsing;
using System.Globalization;

namespace Pan123.Cli;

/// <summary>IDs of folders on the command line.</summary>
internal static class FolderId
{
    public const long Root = 0;

    public static string Rule => Texts.Of($"the ID of a folder: a whole number, 0 for the root folder");

    /// <returns>The ID; null if the text is not a folder ID.</returns>
    public static long? Parse(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static long Parse(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (Parse(text) is { } id)
        {
            return id;
        }

        result.AddError(Texts.Of($"'{text}' is not {Rule}."));
        return Root;
    }
}
