namespace Pan123.Emulator;

/// <summary>The query of a list.</summary>
/// <param name="FolderId">The folder to list; ignored in a search, which covers all folders.</param>
/// <param name="Limit">The maximum number of files.</param>
/// <param name="FirstId">The ID with which it begins.</param>
/// <param name="SearchData">The text to search for in names; null to list the folder.</param>
/// <param name="IsExact">Whether the text must be the whole name.</param>
internal sealed record FileQuery(long FolderId, int Limit, long FirstId, string? SearchData, bool IsExact)
{
    public bool Matches(string name) => SearchData is null || (IsExact
        ? name == SearchData
        : name.Contains(SearchData, StringComparison.OrdinalIgnoreCase));
}
