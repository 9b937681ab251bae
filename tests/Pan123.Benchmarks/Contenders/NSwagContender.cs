using Pan123.Benchmarks.NSwagDefault;

namespace Pan123.Benchmarks;

internal sealed class NSwagContender(HttpClient httpClient, Uri address) : IContender
{
    private readonly DefaultClient _client = new(httpClient) { BaseUrl = address.AbsoluteUri };

    public async Task<string?> DeleteFilesAsync(long[] fileIds)
    {
        var answer = await _client.DeleteFilesAsync(Platform.Open_platform, new NSwagDefault.DeleteFilesRequest { FileIDs = fileIds });
        return answer.Code == 0 ? answer.XTraceID : throw new RefusedException(answer.Code, answer.Message, answer.XTraceID);
    }

    public void Dispose() => httpClient.Dispose();
}
