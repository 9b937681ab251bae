using RestSharp;

namespace Pan123.Benchmarks;

internal sealed class RestSharpContender(HttpClient httpClient, Uri address) : IContender
{
    private readonly RestClient _client = new(httpClient, new RestClientOptions(address));

    public async Task<string?> DeleteFilesAsync(long[] fileIds)
    {
        var request = new RestRequest("api/v1/file/delete", Method.Post).AddJsonBody(new DeleteBody(fileIds));
        var answer = await _client.PostAsync<DeleteAnswer>(request);
        return answer!.TraceIdOrThrow();
    }

    public void Dispose()
    {
        _client.Dispose();
        httpClient.Dispose();
    }
}
