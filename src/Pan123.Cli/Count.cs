namespace Pan123.Cli;

internal static class Count
{
    /// <summary>"1 file", "2 files".</summary>
    public static string Of(IReadOnlyCollection<long> files) => files.Count == 1 ? "1 file" : $"{files.Count} files";
}
