using System.Net;
using System.Text;

namespace Pan123.Benchmarks;

/// <summary>Reads each request to its end, as a transport does, and gives all the same response.</summary>
internal sealed class InMemoryService(string response) : HttpMessageHandler
{
    public const string Success = """{"code":0,"message":"ok","data":null,"x-traceID":"dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h"}""";

    public const string FileNotFound = """{"code":5066,"message":"file not found","data":null,"x-traceID":"dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h"}""";

    public static readonly Uri Address = new(Pan123Client.DefaultBaseAddress);

    private readonly byte[] _response = Encoding.UTF8.GetBytes(response);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.CopyToAsync(Stream.Null, cancellationToken);

        // A stream and not a buffer, and a text and not its value: that is what comes from a socket.
        var content = new StreamContent(new MemoryStream(_response, writable: false));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }
}
