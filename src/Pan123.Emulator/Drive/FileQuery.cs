namespace Pan123.Emulator;

/// <summary>What a list is to hold.</summary>
/// <param name="FolderId">The folder, unless there is something to search for, which is searched for everywhere.</param>
/// <param name="Limit">The most files.</param>
/// <param name="FirstId">The ID at which it begins.</param>
/// <param name="SearchData">What to search for in names; null for all that is in the folder.</param>
/// <param name="IsExact">Whether it is the whole name.</param>
internal sealed record FileQuery(long FolderId, int Limit, long FirstId, string? SearchData, bool IsExact)
{
    public bool Matches(string name) => SearchData is null || (IsExact
        ? name == SearchData
        : name.Contains(SearchData, StringComparison.OrdinalIgnoreCase));
}
