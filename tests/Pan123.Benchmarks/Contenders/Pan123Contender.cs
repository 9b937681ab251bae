using Microsoft.Extensions.DependencyInjection;

namespace Pan123.Benchmarks;

internal sealed class Pan123Contender(IPan123Client client, IDisposable[] owned) : IContender
{
    /// <summary>The client without its handlers: the guard, the generated method, the strict reading of the envelope, telemetry.</summary>
    public static Pan123Contender CreateBare(HttpClient httpClient)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<Pan123Telemetry>().BuildServiceProvider();
        return new Pan123Contender(new Pan123Client(httpClient, services.GetRequiredService<Pan123Telemetry>()), [httpClient, services]);
    }

    /// <summary>As an application registers it, with a rate limit that is never reached.</summary>
    public static IHttpClientBuilder Register(IServiceCollection services, Uri address) => services.AddPan123Client(options =>
    {
        (options.BaseAddress, options.AccessToken) = (address, Contender.AccessToken);
        options.RequestsPerSecond = int.MaxValue;
    });

    public async Task<string?> DeleteFilesAsync(long[] fileIds) => (await client.DeleteFilesAsync(fileIds)).TraceID;

    public void Dispose() => Array.ForEach(owned, each => each.Dispose());
}
