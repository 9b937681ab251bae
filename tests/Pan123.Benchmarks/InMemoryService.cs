using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Pan123.Benchmarks;

/// <summary>Reads each request to its end, as a transport does, and gives all the same response.</summary>
internal sealed class InMemoryService(string response) : HttpMessageHandler
{
    public const string Success = """{"code":0,"message":"ok","data":null,"x-traceID":"dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h"}""";

    public const string FileNotFound = """{"code":5066,"message":"file not found","data":null,"x-traceID":"dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h"}""";

    public static readonly Uri Address = new(Pan123Client.DefaultBaseAddress);

    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    private readonly byte[] _response = Encoding.UTF8.GetBytes(response);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            // A stream, and not a buffer that is there already: that is what comes from a socket.
            Content = new StreamContent(new MemoryStream(_response, writable: false)) { Headers = { ContentType = Json } },
            RequestMessage = request,
        };
    }
}
