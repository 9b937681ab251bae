using System.Net.Http.Json;

namespace Pan123.Benchmarks;

internal sealed class HandWrittenAdapter(HttpClient httpClient, IDisposable[] owned) : IClientAdapter
{
    private static readonly Uri Address = new("api/v1/file/delete", UriKind.Relative);

    public async Task<string?> DeleteFilesAsync(long[] fileIds)
    {
        using var content = JsonContent.Create(new DeleteBody(fileIds), WireContext.Default.DeleteBody);
        using var response = await httpClient.PostAsync(Address, content);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadFromJsonAsync(WireContext.Default.DeleteResponse);
        return body!.TraceIdOrThrow();
    }

    public void Dispose() => Array.ForEach(owned, each => each.Dispose());
}
