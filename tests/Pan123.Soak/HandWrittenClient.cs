using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>What a program would have instead of the library, if nothing ever went wrong: HttpClient, in a loop; or with what the platform has for when something does.</summary>
internal sealed class HandWrittenClient : IDisposable
{
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

    public void Dispose()
    {
        _http.Dispose();
        _services.Dispose();
    }
}
