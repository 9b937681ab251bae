using Pan123.Benchmarks.NSwagDefault;

namespace Pan123.Benchmarks;

internal sealed class NSwagAdapter(HttpClient httpClient, Uri address) : IClientAdapter
{
    private readonly DefaultClient _client = new(httpClient) { BaseUrl = address.AbsoluteUri };

    public async Task<string?> DeleteFilesAsync(long[] fileIds)
    {
        var response = await _client.DeleteFilesAsync(Platform.Open_platform, new NSwagDefault.DeleteFilesRequest { FileIDs = fileIds });
        return response.Code == 0 ? response.XTraceID : throw new RejectedException(response.Code, response.Message, response.XTraceID);
    }

    public void Dispose() => httpClient.Dispose();
}
