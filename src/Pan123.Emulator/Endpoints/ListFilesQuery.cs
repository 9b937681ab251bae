using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pan123.Emulator;

/// <summary>Reads the query of a list, strictly.</summary>
internal static class ListFilesQuery
{
    public const string Cursor = "lastFileId";

    private const string Folder = "parentFileId";
    private const string Limit = "limit";
    private const string SearchData = "searchData";
    private const string SearchMode = "searchMode";

    private const long Exact = 1;

    private static readonly (string Name, long Min, long Max, bool IsRequired)[] Numbers =
    [
        (Folder, 0, long.MaxValue, true),
        (Limit, 1, 100, true),
        (Cursor, 0, long.MaxValue, false),
        (SearchMode, 0, Exact, false),
    ];

    /// <summary>Reads the query.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="query">What to list, if nothing is wrong.</param>
    /// <returns>What is wrong with it; null if nothing is.</returns>
    public static string? Read(IQueryCollection parameters, out FileQuery query)
    {
        query = new FileQuery(0, 0, 0, SearchData: null, IsExact: false);
        foreach (var (name, values) in parameters)
        {
            if (name is not (Folder or Limit or Cursor or SearchData or SearchMode))
            {
                return $"the query must have no parameter {name}";
            }

            if (values.Count > 1)
            {
                return $"{name} must be there once";
            }
        }

        var numbers = new Dictionary<string, long>();
        foreach (var (name, min, max, isRequired) in Numbers)
        {
            if (!parameters.TryGetValue(name, out var text) && !isRequired)
            {
                continue;
            }

            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < min || number > max)
            {
                return $"{name} must be a number from {min} to {max}";
            }

            numbers.Add(name, number);
        }

        var searchData = $"{parameters[SearchData]}";
        query = new FileQuery(
            numbers[Folder],
            (int)numbers[Limit],
            numbers.GetValueOrDefault(Cursor),
            searchData.Length > 0 ? searchData : null,
            numbers.GetValueOrDefault(SearchMode) == Exact);
        return null;
    }
}
