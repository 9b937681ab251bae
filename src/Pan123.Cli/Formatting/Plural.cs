namespace Pan123.Cli;

/// <summary>Numbers of things.</summary>
internal static class Plural
{
    /// <summary>"1 file", "2 files", "12,345 files".</summary>
    public static string Files(long count) => Of(count, $"{count:N0} file", $"{count:N0} files");

    public static string Folders(long count) => Of(count, $"{count:N0} folder", $"{count:N0} folders");

    public static string Requests(long count) => Of(count, $"{count:N0} request", $"{count:N0} requests");

    public static string Of(long count, FormattableString one, FormattableString many) => Texts.Of(count == 1 ? one : many);
}
