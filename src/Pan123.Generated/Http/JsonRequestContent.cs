using System.Net;
using System.Net.Http.Headers;

namespace Pan123;

/// <summary>A JSON body that says when something begins to read it.</summary>
internal sealed class JsonRequestContent : HttpContent
{
    private readonly byte[] _json;
    private readonly Action _onRead;

    public JsonRequestContent(object value, Action onRead)
    {
        _json = Pan123Json.Serialize(value);
        _onRead = onRead;

        // Without a charset, as in the documentation's example.
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
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
        _onRead();
        return stream.WriteAsync(_json, 0, _json.Length, cancellationToken);
    }
}
