using Refit;

namespace Pan123.Benchmarks;

internal sealed class RefitAdapter(IRefitClient client, IDisposable[] owned) : IClientAdapter
{
    public async Task<string?> DeleteFilesAsync(long[] fileIds) => (await client.DeleteFilesAsync(new DeleteBody(fileIds))).TraceIdOrThrow();

    public void Dispose() => Array.ForEach(owned, each => each.Dispose());
}

internal interface IRefitClient
{
    [Post("/api/v1/file/delete")]
    Task<DeleteResponse> DeleteFilesAsync([Body] DeleteBody body);
}
