namespace Pan123;

/// <remarks>
/// Not meant to be implemented outside of tests: members are added in minor versions. A class that derives from <see cref="Pan123Client"/>
/// and overrides what it is called with goes on to compile.
/// </remarks>
public partial interface IPan123Client
{
    /// <summary>
    /// Permanently deletes up to <see cref="DeleteFilesRequest.FileIdsMaxItems"/> files that are in the recycle bin. This cannot be undone.
    /// </summary>
    /// <param name="fileIds">
    /// The IDs of the files: at least one, at most <see cref="DeleteFilesRequest.FileIdsMaxItems"/>, each positive and none twice.
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

    /// <summary>
    /// Permanently deletes any number of files that are in the recycle bin, in batches as large as the specification allows, and yields the
    /// result of each as it ends. This cannot be undone.
    /// </summary>
    /// <param name="fileIds">
    /// The IDs of the files. They are read as they are needed: never more than the batches under way. An ID that occurs more than once is sent and
    /// yielded once. One that is not positive is not sent and stops nothing: it is a result of its own, which says where it stood.
    /// </param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">
    /// Cancels the run: the calls under way are cancelled and each is yielded with what is known of it, then what was read and not sent, and
    /// then an <see cref="OperationCanceledException"/> is thrown, so that nobody takes it for the regular end.
    /// </param>
    /// <returns>
    /// The results. Each ID that was read is in exactly one of them. Failures are results, not exceptions. Nothing is read or sent until it is
    /// enumerated, and nothing more while the consumer is busy with a result; each enumeration is a run of its own.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="fileIds"/> is null.</exception>
    /// <exception cref="OperationCanceledException">At the end of the enumeration: the run was cancelled.</exception>
    /// <remarks>
    /// If <paramref name="fileIds"/> throws, the calls under way end and are yielded, then what was read and not sent, and then its exception is
    /// thrown as it is. To break out of the loop cancels the calls under way and waits for them. Both wait for an element
    /// of <paramref name="fileIds"/> that is already asked for: pass on the token that its enumerator gets, and they wait no longer than need be.
    /// </remarks>
    IAsyncEnumerable<DeleteBatchResult> DeleteFilesInBatchesAsync(
        IAsyncEnumerable<long> fileIds, DeleteBatchOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DeleteFilesInBatchesAsync(IAsyncEnumerable{long}, DeleteBatchOptions?, CancellationToken)" />
    IAsyncEnumerable<DeleteBatchResult> DeleteFilesInBatchesAsync(
        IEnumerable<long> fileIds, DeleteBatchOptions? options = null, CancellationToken cancellationToken = default);
}
