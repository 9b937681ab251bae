using Refit;

namespace Pan123.Benchmarks;

internal sealed class RefitContender(IRefitClient client, IDisposable[] owned) : IContender
{
    public async Task<string?> DeleteFilesAsync(long[] fileIds) => (await client.DeleteFilesAsync(new DeleteBody(fileIds))).TraceIdOrThrow();

    public void Dispose() => Array.ForEach(owned, each => each.Dispose());
}

internal interface IRefitClient
{
    [Post("/api/v1/file/delete")]
    Task<DeleteAnswer> DeleteFilesAsync([Body] DeleteBody body);
}
