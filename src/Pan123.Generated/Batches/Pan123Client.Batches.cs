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
}
