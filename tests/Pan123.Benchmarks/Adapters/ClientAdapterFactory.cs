using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace Pan123.Benchmarks;

/// <summary>Creates the adapters: bare, over an HttpClient with the headers of each request, or with the pipeline that an application would register.</summary>
internal static class ClientAdapterFactory
{
    // As long as a JWT, which the platform's tokens are.
    public const string AccessToken = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJiZW5jaG1hcmsiOiJ0aGlzIGlzIG5vIHRva2VuIG9mIGFueWJvZHkncywgb25seSBhcyBsb25nIGFzIG9uZSJ9.c2lnbmVkLWJ5LW5vYm9keS1zaWduZWQtYnktbm9ib2R5";

    /// <summary>The clients with a resilience pipeline; the others have none of their own.</summary>
    public static IReadOnlyList<ClientKind> WithPipeline { get; } = [ClientKind.HandWritten, ClientKind.Pan123, ClientKind.Refit];

    public static IClientAdapter CreateBare(ClientKind kind, HttpMessageHandler transport, Uri address)
    {
        // Without it, nothing reads the response of this library's client.
        var httpClient = new HttpClient(kind == ClientKind.Pan123 ? new EnvelopeHandler(address, isPlatforms: true) { InnerHandler = transport } : transport);
        Prepare(httpClient, address);
        return kind switch
        {
            ClientKind.HandWritten => new HandWrittenAdapter(httpClient, [httpClient]),
            ClientKind.Pan123 => Pan123Adapter.CreateBare(httpClient),
            ClientKind.Refit => new RefitAdapter(RestService.ForGenerated<IRefitClient>(httpClient), [httpClient]),
            ClientKind.NSwag => new NSwagAdapter(httpClient, address),
            ClientKind.RestSharp => new RestSharpAdapter(httpClient, address),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
        };
    }

    public static IClientAdapter CreateWithPipeline(ClientKind kind, HttpMessageHandler transport, Uri address)
    {
        var services = new ServiceCollection();
        var builder = kind switch
        {
            ClientKind.HandWritten => services.AddHttpClient<HandWrittenAdapter>(httpClient => Prepare(httpClient, address)),
            ClientKind.Refit => services.AddRefitGeneratedClient<IRefitClient>().ConfigureHttpClient(httpClient => Prepare(httpClient, address)),
            ClientKind.Pan123 => Pan123Adapter.Register(services, address),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
        };
        if (kind != ClientKind.Pan123)
        {
            builder.AddStandardResilienceHandler();
        }

        var provider = builder.ConfigurePrimaryHttpMessageHandler(() => transport).Services.BuildServiceProvider();
        return kind switch
        {
            ClientKind.HandWritten => new HandWrittenAdapter(provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(HandWrittenAdapter)), [provider]),
            ClientKind.Refit => new RefitAdapter(provider.GetRequiredService<IRefitClient>(), [provider]),
            _ => new Pan123Adapter(provider.GetRequiredService<IPan123Client>(), [provider]),
        };
    }

    private static void Prepare(HttpClient httpClient, Uri address)
    {
        httpClient.BaseAddress = address;
        httpClient.DefaultRequestHeaders.Authorization = new("Bearer", AccessToken);
        httpClient.DefaultRequestHeaders.Add("Platform", "open_platform");
    }
}
