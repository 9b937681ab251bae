using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Pan123.Benchmarks;

internal sealed class Pan123Adapter(IPan123Client client, IDisposable[] owned) : IClientAdapter
{
    /// <summary>The client with none of its handlers but the innermost: the guard, the generated method, the strict reading of the envelope, telemetry.</summary>
    public static Pan123Adapter CreateBare(HttpClient httpClient)
    {
        var meters = new Meters();
        return new Pan123Adapter(new Pan123Client(httpClient, new Pan123Telemetry("", meters, new SafeLogger<Pan123Client>(NullLogger<Pan123Client>.Instance))), [httpClient, meters]);
    }

    /// <summary>As an application registers it, with a rate limit that is never reached.</summary>
    public static IHttpClientBuilder Register(IServiceCollection services, Uri address) => services.AddPan123Client(options =>
    {
        (options.BaseAddress, options.AccessToken) = (address, ClientAdapterFactory.AccessToken);
        options.RequestsPerSecond = int.MaxValue;
    });

    public async Task<string?> DeleteFilesAsync(long[] fileIds) => (await client.DeleteFilesAsync(fileIds)).TraceId;

    public void Dispose() => Array.ForEach(owned, each => each.Dispose());

    /// <summary>What an application's container has for it; nobody listens.</summary>
    private sealed class Meters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            _meters.Add(new Meter(options));
            return _meters[^1];
        }

        public void Dispose() => _meters.ForEach(each => each.Dispose());
    }
}
