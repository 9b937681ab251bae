namespace Pan123;

/// <remarks>
/// Do not implement this interface outside of tests: minor versions add members. A class that derives from <see cref="Pan123Client"/>
/// and overrides the methods that are called keeps compiling.
/// </remarks>
public partial interface IPan123Client
{
    /// <summary>
    /// Permanently deletes up to <see cref="DeleteFilesRequest.FileIdsMaxItems"/> files that are in the recycle bin. This cannot be undone.
    /// </summary>
    /// <param name="fileIds">
    /// The IDs of the files: at least one, at most <see cref="DeleteFilesRequest.FileIdsMaxItems"/>, each positive, without duplicates.
    /// The sequence is read once, before anything is sent.
    /// </param>
    /// <param name="cancellationToken">
    /// Cancels the call, also while it waits for a permit or a retry. If the request was already sent, the files may have been deleted
    /// all the same.
    /// </param>
    /// <returns>The service's response, which confirms that the files are deleted.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="fileIds"/> is null; nothing was sent.</exception>
    /// <exception cref="ArgumentException">
    /// There are no IDs or too many, or one is not positive or occurs twice; nothing was sent.
    /// </exception>
    /// <exception cref="Pan123ApiException">The service rejected the request. Whether a rejected request deletes some of its files is not documented.</exception>
    /// <exception cref="Pan123OutcomeUnknownException">The request was sent, but its outcome is unknown: the files may have been deleted.</exception>
    /// <exception cref="Pan123NotSentException">
    /// Nothing was sent, and nothing deleted: the service could not be reached, there was no access token, or time ran out first.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled. The inner exception says what is known about the files: it is a
    /// <see cref="Pan123NotSentException"/>, <see cref="Pan123OutcomeUnknownException"/> or <see cref="Pan123ApiException"/>.
    /// </exception>
    /// <remarks>Operation <c>deleteFiles</c> of the specification, <c>POST /api/v1/file/delete</c>.</remarks>
    Task<DeleteFilesResponse> DeleteFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves up to <see cref="TrashFilesRequest.FileIdsMaxItems"/> files and folders to the recycle bin. They stay there until they are recovered,
    /// permanently deleted, or expire.
    /// </summary>
    /// <param name="fileIds">
    /// The IDs of the files: at least one, at most <see cref="TrashFilesRequest.FileIdsMaxItems"/>, each positive, without duplicates.
    /// </param>
    /// <param name="cancellationToken">Cancels the call. If the request was already sent, the files may have been trashed all the same.</param>
    /// <returns>The service's response, which confirms that the files are in the recycle bin.</returns>
    /// <exception cref="ArgumentException">
    /// There are no IDs or too many, or one is not positive or occurs twice; nothing was sent.
    /// </exception>
    /// <exception cref="Pan123Exception">The call failed; its <see cref="Pan123Exception.Outcome"/> says what is known.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the inner exception says what is known about the files.</exception>
    /// <remarks>Operation <c>trashFiles</c> of the specification, <c>POST /api/v1/file/trash</c>.</remarks>
    Task<TrashFilesResponse> TrashFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default);

    /// <summary>
    /// Recovers up to <see cref="RecoverFilesRequest.FileIdsMaxItems"/> files and folders from the recycle bin, to where they were. After a
    /// success, some of them may still be in the recycle bin: see <see cref="RecoverFilesResponse.NotRecoveredFileIds"/>.
    /// </summary>
    /// <param name="fileIds">
    /// The IDs of the files: at least one, at most <see cref="RecoverFilesRequest.FileIdsMaxItems"/>, each positive, without duplicates.
    /// </param>
    /// <param name="cancellationToken">Cancels the call. If the request was already sent, the files may have been recovered all the same.</param>
    /// <returns>The service's response, with the files that were not recovered.</returns>
    /// <exception cref="ArgumentException">
    /// There are no IDs or too many, or one is not positive or occurs twice; nothing was sent.
    /// </exception>
    /// <exception cref="Pan123Exception">The call failed; its <see cref="Pan123Exception.Outcome"/> says what is known.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the inner exception says what is known about the files.</exception>
    /// <remarks>Operation <c>recoverFiles</c> of the specification, <c>POST /api/v1/file/recover</c>.</remarks>
    Task<RecoverFilesResponse> RecoverFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default);

    /// <summary>Recovers up to <see cref="RecoverFilesToFolderRequest.FileIdsMaxItems"/> files and folders from the recycle bin, to a folder.</summary>
    /// <param name="fileIds">
    /// The IDs of the files: at least one, at most <see cref="RecoverFilesToFolderRequest.FileIdsMaxItems"/>, each positive, without duplicates.
    /// </param>
    /// <param name="folderId">The ID of the folder; 0 for the root folder.</param>
    /// <param name="cancellationToken">Cancels the call. If the request was already sent, the files may have been recovered all the same.</param>
    /// <returns>The service's response, which confirms that the files are recovered.</returns>
    /// <exception cref="ArgumentException">
    /// There are no IDs or too many, one is not positive or occurs twice, or the folder ID is negative; nothing was sent.
    /// </exception>
    /// <exception cref="Pan123Exception">The call failed; its <see cref="Pan123Exception.Outcome"/> says what is known.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the inner exception says what is known about the files.</exception>
    /// <remarks>Operation <c>recoverFilesToFolder</c> of the specification, <c>POST /api/v1/file/recover/by_path</c>.</remarks>
    Task<RecoverFilesToFolderResponse> RecoverFilesToFolderAsync(IEnumerable<long> fileIds, long folderId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks up at most <see cref="GetFilesRequest.FileIdsMaxItems"/> files and folders, including those in the recycle bin.
    /// </summary>
    /// <param name="fileIds">
    /// The IDs of the files: at least one, at most <see cref="GetFilesRequest.FileIdsMaxItems"/>, each positive, without duplicates.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The files and folders that the service knows. An unknown ID, such as that of a deleted file, is left out, which is inferred from the
    /// example in its documentation.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// There are no IDs or too many, or one is not positive or occurs twice; nothing was sent.
    /// </exception>
    /// <exception cref="Pan123Exception">The call failed. Nothing was changed.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <remarks>Operation <c>getFiles</c> of the specification, <c>POST /api/v1/file/infos</c>.</remarks>
    Task<IReadOnlyList<Pan123File>> GetFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default);

    /// <summary>Lists the files and folders in a folder, without those in its subfolders. Those in the recycle bin are included and marked.</summary>
    /// <param name="folderId">The ID of the folder; 0, the default, for the root folder.</param>
    /// <param name="cancellationToken">Cancels the enumeration.</param>
    /// <returns>
    /// The files and folders. They are requested lazily, a page at a time. A list that ends without an exception is complete.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folderId"/> is negative; nothing was sent.</exception>
    /// <exception cref="Pan123Exception">During the enumeration: a page could not be read, or it leads back to an earlier one.</exception>
    /// <exception cref="OperationCanceledException">During the enumeration: it was cancelled.</exception>
    /// <remarks>Operation <c>listFiles</c> of the specification, <c>GET /api/v2/file/list</c>.</remarks>
    IAsyncEnumerable<Pan123File> ListFilesAsync(long folderId = 0, CancellationToken cancellationToken = default);

    /// <summary>
    /// Permanently deletes any number of files that are in the recycle bin, in batches as large as the specification allows, and yields the
    /// result of each batch when it ends. This cannot be undone.
    /// </summary>
    /// <param name="fileIds">
    /// The IDs of the files. They are read lazily, never further than the batches in flight. An ID that occurs more than once is sent and
    /// yielded once. An ID that is not positive is not sent; it is yielded as a separate result with its
    /// <see cref="DeleteBatchResult.Position"/>, and the run continues.
    /// </param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">
    /// Cancels the run. The requests in flight are cancelled, and their batches are yielded with what is known about them, then the IDs that
    /// were read but not sent. Finally an <see cref="OperationCanceledException"/> is thrown, so that a cancelled run is not mistaken for a completed one.
    /// </param>
    /// <returns>
    /// The results. Each ID that was read is in exactly one of them. Failures are results, not exceptions. No read and no request
    /// starts before the enumeration, or while the consumer processes a result. Each enumeration is a separate run.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="fileIds"/> is null.</exception>
    /// <exception cref="OperationCanceledException">At the end of the enumeration: the run was cancelled.</exception>
    /// <remarks>
    /// If <paramref name="fileIds"/> throws, the batches in flight finish and are yielded, then the IDs that were read but not sent, and then its
    /// exception is rethrown unchanged. Breaking out of the loop cancels the requests in flight and waits for them. Breaking out and cancelling
    /// also wait for a pending read of <paramref name="fileIds"/>: honor the token passed to its <c>GetAsyncEnumerator</c>, so that both end promptly.
    /// </remarks>
    IAsyncEnumerable<DeleteBatchResult> DeleteFilesInBatchesAsync(
        IAsyncEnumerable<long> fileIds, DeleteBatchOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Permanently deletes up to <see cref="DeleteFilesRequest.FileIdsMaxItems"/> files, as <see cref="DeleteFilesAsync"/> does, and looks up
    /// those with an unknown outcome: see <see cref="DeleteBatchOptions.Confirm"/>.
    /// </summary>
    /// <param name="fileIds">
    /// The IDs of the files: at least one, at most <see cref="DeleteFilesRequest.FileIdsMaxItems"/>, each positive, without duplicates.
    /// </param>
    /// <param name="cancellationToken">Cancels the call. If the request was already sent, the files may have been deleted all the same.</param>
    /// <returns>The results: one, or several if the outcome is not the same for all files. Failures are results, not exceptions.</returns>
    /// <exception cref="ArgumentException">
    /// There are no IDs or too many, or one is not positive or occurs twice; nothing was sent.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the inner exception says what is known about the files.</exception>
    Task<IReadOnlyList<DeleteBatchResult>> DeleteAndConfirmFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DeleteFilesInBatchesAsync(IAsyncEnumerable{long}, DeleteBatchOptions?, CancellationToken)" />
    IAsyncEnumerable<DeleteBatchResult> DeleteFilesInBatchesAsync(
        IEnumerable<long> fileIds, DeleteBatchOptions? options = null, CancellationToken cancellationToken = default);
}
