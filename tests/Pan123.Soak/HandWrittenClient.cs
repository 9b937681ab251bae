using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>
/// What a program would use instead of the library: HttpClient in a loop, without any handling of failures, or with the standard resilience
/// handler.
/// </summary>
internal sealed class HandWrittenClient : IDisposable
{
    public const string UserAgent = "by-hand";

    private readonly ServiceProvider _services;
    private readonly HttpClient _http;

    public HandWrittenClient(Pan123Emulator emulator, bool isResilient, Func<HttpMessageHandler> createTransport)
    {
        var builder = new ServiceCollection().AddHttpClient(nameof(HandWrittenClient)).ConfigurePrimaryHttpMessageHandler(createTransport);
        if (isResilient)
        {
            builder.AddStandardResilienceHandler();
        }

        _services = builder.Services.BuildServiceProvider();
        _http = isResilient ? _services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(HandWrittenClient)) : new HttpClient(createTransport());
        _http.BaseAddress = emulator.BaseAddress;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.AccessToken);
        _http.DefaultRequestHeaders.Add("Platform", "open_platform");
        _http.DefaultRequestHeaders.Add("User-Agent", UserAgent);
    }

    /// <summary>Deletes files, a hundred at a time.</summary>
    public Task DeleteAsync(IEnumerable<long> fileIds, int concurrency) => Parallel.ForEachAsync(
        fileIds.Chunk(100),
        new ParallelOptions { MaxDegreeOfParallelism = concurrency },
        async (chunk, cancellationToken) =>
        {
            if (await DeleteAsync(chunk, cancellationToken) is var code and not 0)
            {
                throw new InvalidOperationException($"The emulator rejected a request with code {code}.");
            }
        });

    /// <summary>Deletes at most a hundred files.</summary>
    /// <returns>The code of the response.</returns>
    public async Task<int> DeleteAsync(long[] fileIds, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(new { fileIDs = fileIds });
        using var response = await _http.PostAsync(new Uri(Pan123Emulator.DeleteFilesPath, UriKind.Relative), content, cancellationToken);
        using var envelope = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return envelope.RootElement.GetProperty("code").GetInt32();
    }

    public void Dispose()
    {
        _http.Dispose();
        _services.Dispose();
    }
}
