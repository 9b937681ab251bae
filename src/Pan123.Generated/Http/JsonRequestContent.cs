using System.Net;
using System.Net.Http.Headers;

namespace Pan123;

/// <summary>A JSON body that tells its request when something begins to read it.</summary>
internal sealed class JsonRequestContent : HttpContent
{
    // Without a charset, as in the documentation's example.
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly ApiRequest _request;
    private readonly byte[] _json;

    public JsonRequestContent(ApiRequest request, IRequestBody body)
    {
        (_request, _json) = (request, Pan123Json.Serialize(body));
        Headers.ContentType = Json;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        WriteAsync(stream, CancellationToken.None);

#if NET
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        WriteAsync(stream, cancellationToken);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }

    private Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        _request.BodyIsRead();
        return stream.WriteAsync(_json, 0, _json.Length, cancellationToken);
    }
}
