using RestSharp;

namespace Pan123.Benchmarks;

internal sealed class RestSharpAdapter(HttpClient httpClient, Uri address) : IClientAdapter
{
    private readonly RestClient _client = new(httpClient, new RestClientOptions(address));

    public async Task<string?> DeleteFilesAsync(long[] fileIds)
    {
        var request = new RestRequest("api/v1/file/delete", Method.Post).AddJsonBody(new DeleteBody(fileIds));
        var response = await _client.PostAsync<DeleteResponse>(request);
        return response!.TraceIdOrThrow();
    }

    public void Dispose()
    {
        _client.Dispose();
        httpClient.Dispose();
    }
}
