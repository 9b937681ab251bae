namespace Pan123;

/// <summary>Checks lists of file IDs before anything is sent.</summary>
/// <remarks>
/// The Azure guidelines leave the checking of service parameters to the service. Here a call may destroy data and the limits are documented,
/// so a wrong list of IDs never leaves the process.
/// </remarks>
internal static class FileIdGuard
{
    private const long RootFolder = 0;

    /// <summary>Why an ID is invalid, or null; its position is counted from 1.</summary>
    public static string? FindProblem(long fileId, long position, long minimum) => fileId >= minimum
        ? null
        : FormattableString.Invariant($"file ID {fileId} at position {position} is less than {minimum}, the smallest valid ID");

    /// <exception cref="ArgumentOutOfRangeException">The ID is negative.</exception>
    public static long CheckFolder(long folderId) => folderId >= RootFolder
        ? folderId
        : throw new ArgumentOutOfRangeException(nameof(folderId), folderId, FormattableString.Invariant($"Nothing was sent: the folder ID is less than {RootFolder}, the ID of the root folder."));

    /// <returns>The IDs, read once.</returns>
    /// <exception cref="ArgumentException">The list or an ID is not as the specification allows; the message names the value and the rule.</exception>
    public static List<long> Check(IEnumerable<long> fileIds, (int MinItems, int MaxItems, long ItemMinimum) limits)
    {
        ArgumentNullException.ThrowIfNull(fileIds);

        var checkedIds = new List<long>(fileIds is ICollection<long> { Count: var count } ? Math.Min(count, limits.MaxItems) : 0);
        long largest = 0;

        foreach (var id in fileIds)
        {
            // Checked while reading, so that an endless sequence is rejected too.
            if (checkedIds.Count == limits.MaxItems)
            {
                throw Invalid($"there are more than {limits.MaxItems} file IDs; the first one beyond the limit is {id}");
            }

            if (FindProblem(id, checkedIds.Count + 1, limits.ItemMinimum) is { } problem)
            {
                throw Invalid($"{problem}");
            }

            // Fast path for ascending lists: an ID above the maximum so far cannot be a duplicate. For the others, a search among so few
            // costs less than a set.
            if (id > largest)
            {
                largest = id;
            }
            else if (checkedIds.IndexOf(id) is >= 0 and var earlier)
            {
                throw Invalid($"file ID {id} occurs twice, at positions {earlier + 1} and {checkedIds.Count + 1}");
            }

            checkedIds.Add(id);
        }

        return checkedIds.Count >= limits.MinItems
            ? checkedIds
            : throw Invalid($"there are {checkedIds.Count} file IDs; at least {limits.MinItems} is required");

        static ArgumentException Invalid(FormattableString what) =>
            new($"Nothing was sent: {FormattableString.Invariant(what)}.", nameof(fileIds));
    }
}
