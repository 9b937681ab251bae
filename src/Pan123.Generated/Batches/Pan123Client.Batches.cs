namespace Pan123;

public partial class Pan123Client
{
    /// <inheritdoc />
    public virtual IAsyncEnumerable<DeleteBatchResult> DeleteFilesInBatchesAsync(
        IAsyncEnumerable<long> fileIds, DeleteBatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        // Not in the iterator, which would throw only when enumerated.
        ArgumentNullException.ThrowIfNull(fileIds);
        return BatchRun.RunAsync(this, fileIds, options?.Copy() ?? new DeleteBatchOptions(), cancellationToken);
    }

    /// <inheritdoc />
    public virtual IAsyncEnumerable<DeleteBatchResult> DeleteFilesInBatchesAsync(
        IEnumerable<long> fileIds, DeleteBatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fileIds);
        return DeleteFilesInBatchesAsync(fileIds.ToAsyncEnumerable(), options, cancellationToken);
    }

    /// <inheritdoc />
    public virtual async Task<IReadOnlyList<DeleteBatchResult>> DeleteAndConfirmFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default)
    {
        var checkedIds = FileIdGuard.Check(fileIds, DeleteFilesRequest.FileIdsLimits);
        var results = new List<DeleteBatchResult>();
        try
        {
            await foreach (var result in DeleteFilesInBatchesAsync(checkedIds, new DeleteBatchOptions { Confirm = true }, cancellationToken).ConfigureAwait(false))
            {
                results.Add(result);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var error = results.Find(result => result.Error is not null)?.Error;
            throw new OperationCanceledException($"The call was cancelled. {error?.Message}", error, cancellationToken);
        }

        return results;
    }
}
