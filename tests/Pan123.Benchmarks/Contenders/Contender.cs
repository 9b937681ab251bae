using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace Pan123.Benchmarks;

/// <summary>Makes the contenders: bare, over an HttpClient that has what each request carries, or each with the pipeline that it would be registered with.</summary>
internal static class Contender
{
    // As long as a JWT, which the platform's tokens are.
    public const string AccessToken = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJiZW5jaG1hcmsiOiJ0aGlzIGlzIG5vIHRva2VuIG9mIGFueWJvZHkncywgb25seSBhcyBsb25nIGFzIG9uZSJ9.c2lnbmVkLWJ5LW5vYm9keS1zaWduZWQtYnktbm9ib2R5";

    /// <summary>Those with a resilience pipeline; the others have none of their own.</summary>
    public static IReadOnlyList<Way> WithPipeline { get; } = [Way.HandWritten, Way.Pan123, Way.Refit];

    public static IContender CreateBare(Way way, HttpMessageHandler transport, Uri address)
    {
        // Without it, nothing reads the response of this library's client.
        var httpClient = new HttpClient(way == Way.Pan123 ? new EnvelopeHandler(address, isPlatforms: true) { InnerHandler = transport } : transport);
        Prepare(httpClient, address);
        return way switch
        {
            Way.HandWritten => new HandWrittenContender(httpClient, [httpClient]),
            Way.Pan123 => Pan123Contender.CreateBare(httpClient),
            Way.Refit => new RefitContender(RestService.ForGenerated<IRefitClient>(httpClient), [httpClient]),
            Way.NSwag => new NSwagContender(httpClient, address),
            Way.RestSharp => new RestSharpContender(httpClient, address),
            _ => throw new ArgumentOutOfRangeException(nameof(way), way, message: null),
        };
    }

    public static IContender CreateWithPipeline(Way way, HttpMessageHandler transport, Uri address)
    {
        var services = new ServiceCollection();
        var builder = way switch
        {
            Way.HandWritten => services.AddHttpClient<HandWrittenContender>(httpClient => Prepare(httpClient, address)),
            Way.Refit => services.AddRefitGeneratedClient<IRefitClient>().ConfigureHttpClient(httpClient => Prepare(httpClient, address)),
            Way.Pan123 => Pan123Contender.Register(services, address),
            _ => throw new ArgumentOutOfRangeException(nameof(way), way, message: null),
        };
        if (way != Way.Pan123)
        {
            builder.AddStandardResilienceHandler();
        }

        var provider = builder.ConfigurePrimaryHttpMessageHandler(() => transport).Services.BuildServiceProvider();
        return way switch
        {
            Way.HandWritten => new HandWrittenContender(provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(HandWrittenContender)), [provider]),
            Way.Refit => new RefitContender(provider.GetRequiredService<IRefitClient>(), [provider]),
            _ => new Pan123Contender(provider.GetRequiredService<IPan123Client>(), [provider]),
        };
    }

    private static void Prepare(HttpClient httpClient, Uri address)
    {
        httpClient.BaseAddress = address;
        httpClient.DefaultRequestHeaders.Authorization = new("Bearer", AccessToken);
        httpClient.DefaultRequestHeaders.Add("Platform", "open_platform");
    }
}
