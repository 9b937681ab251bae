namespace Pan123;

/// <summary>
/// Permanently deletes files from a 123pan drive. Safe for concurrent use. Get one from <c>AddPan123Client</c> and
/// dependency injection, or from <see cref="Create"/>.
/// </summary>
public partial class Pan123Client
{
    // The Azure guidelines leave the checking of service parameters to the service. Here the call destroys data and the
    // limit is documented, so a wrong list of IDs never leaves the process.

    /// <inheritdoc />
    public virtual Task<DeleteFilesResponse> DeleteFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default) =>
        DeleteFilesCoreAsync(new DeleteFilesRequest { FileIds = CheckFileIds(fileIds) }, cancellationToken);

    /// <summary>Why an ID is invalid, or null; its position is counted from 1.</summary>
    internal static string? FindProblem(long fileId, long position) => fileId >= DeleteFilesRequest.FileIdsItemMinimum
        ? null
        : FormattableString.Invariant($"file ID {fileId} at position {position}; the smallest file ID is {DeleteFilesRequest.FileIdsItemMinimum}");

    private static List<long> CheckFileIds(IEnumerable<long> fileIds)
    {
        ArgumentNullException.ThrowIfNull(fileIds);

        var checkedIds = new List<long>(fileIds is ICollection<long> { Count: var count } ? Math.Min(count, DeleteFilesRequest.FileIdsMaxItems) : 0);
        long largest = 0;

        foreach (var id in fileIds)
        {
            // Checked while reading, so that an endless sequence is rejected too.
            if (checkedIds.Count == DeleteFilesRequest.FileIdsMaxItems)
            {
                throw Invalid($"more than {DeleteFilesRequest.FileIdsMaxItems} file IDs; the first one too many is {id}");
            }

            if (FindProblem(id, checkedIds.Count + 1) is { } problem)
            {
                throw Invalid($"{problem}");
            }

            // Fast path for ascending lists: an ID above the maximum so far cannot be a duplicate. For the others, a search among so few
            // costs less than a set.
            if (id > largest)
            {
                largest = id;
            }
            else if (DeleteFilesRequest.FileIdsUniqueItems && checkedIds.IndexOf(id) is >= 0 and var earlier)
            {
                throw Invalid($"file ID {id} twice, at positions {earlier + 1} and {checkedIds.Count + 1}");
            }

            checkedIds.Add(id);
        }

        return checkedIds.Count >= DeleteFilesRequest.FileIdsMinItems
            ? checkedIds
            : throw Invalid($"{checkedIds.Count} file IDs; the fewest is {DeleteFilesRequest.FileIdsMinItems}");

        static ArgumentException Invalid(FormattableString what) =>
            new($"Nothing was sent: {FormattableString.Invariant(what)}.", nameof(fileIds));
    }
}
