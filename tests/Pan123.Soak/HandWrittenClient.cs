using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>What a program would have instead of the library, if nothing ever went wrong: HttpClient, in a loop.</summary>
internal sealed class HandWrittenClient : IDisposable
{
    private readonly HttpClient _http;

    public HandWrittenClient(Uri baseAddress, string accessToken)
    {
        _http = new HttpClient { BaseAddress = baseAddress };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        _http.DefaultRequestHeaders.Add("Platform", "open_platform");
    }

    /// <summary>Deletes files, a hundred at a time.</summary>
    public Task DeleteAsync(IEnumerable<long> fileIds, int concurrency) => Parallel.ForEachAsync(
        fileIds.Chunk(100),
        new ParallelOptions { MaxDegreeOfParallelism = concurrency },
        async (chunk, cancellationToken) =>
        {
            using var content = JsonContent.Create(new { fileIDs = chunk });
            using var response = await _http.PostAsync(new Uri(Pan123Emulator.DeleteFilesPath, UriKind.Relative), content, cancellationToken);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            if (answer.RootElement.GetProperty("code").GetInt32() != 0)
            {
                throw new InvalidOperationException($"The emulator refused: {answer.RootElement}");
            }
        });

    public void Dispose() => _http.Dispose();
}
