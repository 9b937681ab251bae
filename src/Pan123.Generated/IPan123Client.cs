namespace Pan123;

public partial interface IPan123Client
{
    /// <summary>
    /// Permanently deletes up to <see cref="DeleteFilesRequest.FileIDsMaxItems"/> files that are in the recycle bin. This cannot be undone.
    /// </summary>
    /// <param name="fileIds">
    /// The IDs of the files: at least one, at most <see cref="DeleteFilesRequest.FileIDsMaxItems"/>, each positive and none twice.
    /// The sequence is read once, before anything is sent.
    /// </param>
    /// <param name="cancellationToken">
    /// Cancels the call, also while it waits for its turn or to be repeated. A call that is cancelled after its request was sent may have
    /// deleted the files all the same.
    /// </param>
    /// <returns>The service's answer, when it says that the files are deleted.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="fileIds"/> is null; nothing was sent.</exception>
    /// <exception cref="ArgumentException">
    /// There is no ID, there are too many, or one is not positive or occurs twice; nothing was sent.
    /// </exception>
    /// <exception cref="Pan123ApiException">The service refused. Whether a refused request deletes some of its files is not documented.</exception>
    /// <exception cref="Pan123OutcomeUnknownException">The request was sent and no verdict came back: the files may have been deleted.</exception>
    /// <exception cref="Pan123NotSentException">
    /// The service could not be reached, or time ran out before the request's turn: nothing was sent, and nothing deleted.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled. What is known of the files is the inner exception: a
    /// <see cref="Pan123NotSentException"/>, <see cref="Pan123OutcomeUnknownException"/> or <see cref="Pan123ApiException"/>.
    /// </exception>
    /// <remarks>Operation <c>deleteFiles</c> of the specification, <c>POST /api/v1/file/delete</c>.</remarks>
    Task<DeleteFilesResponse> DeleteFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default);
}
