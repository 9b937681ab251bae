using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Pan123.Benchmarks;

internal sealed class Pan123Contender(IPan123Client client, IDisposable[] owned) : IContender
{
    /// <summary>The client with none of its handlers but the innermost: the guard, the generated method, the strict reading of the envelope, telemetry.</summary>
    public static Pan123Contender CreateBare(HttpClient httpClient)
    {
        var meters = new Meters();
        return new Pan123Contender(new Pan123Client(httpClient, new Pan123Telemetry(meters, new SafeLogger<Pan123Client>(NullLogger<Pan123Client>.Instance))), [httpClient, meters]);
    }

    /// <summary>As an application registers it, with a rate limit that is never reached.</summary>
    public static IHttpClientBuilder Register(IServiceCollection services, Uri address) => services.AddPan123Client(options =>
    {
        (options.BaseAddress, options.AccessToken) = (address, Contender.AccessToken);
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
