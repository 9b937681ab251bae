using Microsoft.Extensions.DependencyInjection;

namespace Pan123.Benchmarks;

internal sealed class Pan123Adapter(IPan123Client client, IDisposable[] owned) : IClientAdapter
{
    /// <summary>The client with none of its handlers but the innermost: the guard, the generated method, the strict reading of the envelope, telemetry.</summary>
    public static Pan123Adapter CreateBare(HttpClient httpClient)
    {
        var collection = new ServiceCollection();
        Register(collection, httpClient.BaseAddress!);
        var services = collection.BuildServiceProvider();
        return new Pan123Adapter(new Pan123Client(httpClient, services.GetRequiredService<AccountRegistry>().Get("")), [httpClient, services]);
    }

    /// <summary>As an application registers it, with a rate limit that is never reached.</summary>
    public static IHttpClientBuilder Register(IServiceCollection services, Uri address) => services.AddPan123Client(options =>
    {
        (options.BaseAddress, options.AccessToken) = (address, ClientAdapterFactory.AccessToken);
        options.RequestsPerSecond = int.MaxValue;
    });

    public async Task<string?> DeleteFilesAsync(long[] fileIds) => (await client.DeleteFilesAsync(fileIds)).TraceId;

    public void Dispose() => Array.ForEach(owned, each => each.Dispose());
}
