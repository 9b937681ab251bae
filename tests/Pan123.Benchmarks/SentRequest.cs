using System.Text.Json.Nodes;

namespace Pan123.Benchmarks;

/// <summary>What the service sees of a request. Clients that do not send the same are not to be compared.</summary>
internal sealed record SentRequest(string Method, string Address, string Authorization, string Platform, string? ContentType, string Body)
{
    private static readonly int[] Sizes = [1, 2, 100];

    /// <exception cref="InvalidOperationException">A client sends something else than the first.</exception>
    public static async Task CheckAsync()
    {
        foreach (var size in Sizes)
        {
            var expected = await RecordAsync(ClientAdapterFactory.CreateBare, ClientKind.HandWritten, size);
            foreach (var kind in Enum.GetValues<ClientKind>())
            {
                Expect(expected, await RecordAsync(ClientAdapterFactory.CreateBare, kind, size), $"{kind}, bare");
            }

            foreach (var kind in ClientAdapterFactory.WithPipeline)
            {
                Expect(expected, await RecordAsync(ClientAdapterFactory.CreateWithPipeline, kind, size), $"{kind}, with its pipeline");
            }
        }
    }

    private static void Expect(SentRequest expected, SentRequest actual, string who)
    {
        if (actual != expected)
        {
            throw new InvalidOperationException($"Not the same request.\n{ClientKind.HandWritten}: {expected}\n{who}: {actual}");
        }
    }

    private static async Task<SentRequest> RecordAsync(Func<ClientKind, HttpMessageHandler, Uri, IClientAdapter> create, ClientKind kind, int size)
    {
        SentRequest? sent = null;
        using var recorder = new Recorder(request => sent = request);
        using var client = create(kind, recorder, InMemoryService.Address);
        await client.DeleteFilesAsync(Scenario.FileIds(size));
        return sent ?? throw new InvalidOperationException($"{kind} sent nothing.");
    }

    // Not a DelegatingHandler, which the client would take for a part of the application and show no token.
    private sealed class Recorder(Action<SentRequest> record) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _service = new(new InMemoryService(InMemoryService.Success));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (headers, content) = (request.Headers, request.Content!);
            record(new SentRequest(
                request.Method.Method,
                request.RequestUri!.AbsoluteUri,
                string.Join(", ", headers.GetValues("Authorization")),
                string.Join(", ", headers.GetValues("Platform")),
                content.Headers.ContentType?.MediaType,
                JsonNode.Parse(await content.ReadAsStringAsync(cancellationToken))!.ToJsonString()));
            return await _service.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            _service.Dispose();
            base.Dispose(disposing);
        }
    }
}
