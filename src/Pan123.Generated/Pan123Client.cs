using System.Runtime.CompilerServices;

namespace Pan123;

/// <summary>
/// Permanently deletes files from a 123pan drive, and finds, trashes and recovers them. Safe for concurrent use. Get one from
/// <c>AddPan123Client</c> and dependency injection, or from <see cref="Create"/>.
/// </summary>
public partial class Pan123Client
{
    /// <inheritdoc />
    public virtual Task<DeleteFilesResponse> DeleteFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default) =>
        DeleteFilesCoreAsync(new DeleteFilesRequest { FileIds = FileIdGuard.Check(fileIds, DeleteFilesRequest.FileIdsLimits) }, cancellationToken);

    /// <inheritdoc />
    public virtual Task<TrashFilesResponse> TrashFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default) =>
        TrashFilesCoreAsync(new TrashFilesRequest { FileIds = FileIdGuard.Check(fileIds, TrashFilesRequest.FileIdsLimits) }, cancellationToken);

    /// <inheritdoc />
    public virtual Task<RecoverFilesResponse> RecoverFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default) =>
        RecoverFilesCoreAsync(new RecoverFilesRequest { FileIds = FileIdGuard.Check(fileIds, RecoverFilesRequest.FileIdsLimits) }, cancellationToken);

    /// <inheritdoc />
    public virtual Task<RecoverFilesToFolderResponse> RecoverFilesToFolderAsync(
        IEnumerable<long> fileIds, long folderId, CancellationToken cancellationToken = default) => RecoverFilesToFolderCoreAsync(
        new RecoverFilesToFolderRequest
        {
            FileIds = FileIdGuard.Check(fileIds, RecoverFilesToFolderRequest.FileIdsLimits),
            ParentFileId = FileIdGuard.CheckFolder(folderId),
        },
        cancellationToken);

    /// <inheritdoc />
    public virtual async Task<IReadOnlyList<Pan123File>> GetFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default)
    {
        var request = new GetFilesRequest { FileIds = FileIdGuard.Check(fileIds, GetFilesRequest.FileIdsLimits) };
        var response = await GetFilesCoreAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Data?.FileList ?? response.Data?.List
            ?? throw new Pan123OutcomeUnknownException([], "The response has no list of files, which is not as documented.", HttpStatusCode.OK);
    }

    /// <inheritdoc />
    public virtual IAsyncEnumerable<Pan123File> ListFilesAsync(long folderId = 0, CancellationToken cancellationToken = default) =>
        ListAsync(FileIdGuard.CheckFolder(folderId), cancellationToken);

    private async IAsyncEnumerable<Pan123File> ListAsync(long folderId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const long LastPage = -1;
        var cursors = new HashSet<long>();
        long? cursor = null;
        do
        {
            var response = await ListFilesCoreAsync(folderId, ListFilesLimitMaximum, cursor, cancellationToken).ConfigureAwait(false);
            var page = response.Data ?? throw Incomplete($"the response has no list of files, which is not as documented.");
            foreach (var file in page.FileList)
            {
                yield return file;
            }

            // A cursor that comes again leads to the same pages: the list would never end.
            cursor = page.LastFileId;
            if (!cursors.Add(page.LastFileId))
            {
                throw Incomplete($"the service said twice that the next page begins at {cursor}.");
            }
        }
        while (cursor != LastPage);

        Pan123OutcomeUnknownException Incomplete(FormattableString reason) =>
            new([], FormattableString.Invariant($"The list of folder {folderId} is not complete: {FormattableString.Invariant(reason)}"), HttpStatusCode.OK);
    }
}
