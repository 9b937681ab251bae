using System.Net;

namespace Pan123;

/// <summary>A JSON body that tells its request when something begins to read it.</summary>
internal sealed class JsonRequestContent : HttpContent
{
    private readonly ApiRequest _request;
    private readonly byte[] _json;

    public JsonRequestContent(ApiRequest request, IRequestBody body)
    {
        (_request, _json) = (request, Pan123Json.Serialize(body));

        // Without a charset, as in the documentation's example. As text, since an object of all requests could be changed by a handler of
        // the application.
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
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
