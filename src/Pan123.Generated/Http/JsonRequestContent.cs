using System.Net;
using System.Net.Http.Headers;

namespace Pan123;

/// <summary>
/// A JSON body that knows whether it went out. That is what tells "nothing was sent" from "no verdict came back", on every
/// platform and whatever exception a transport throws.
/// </summary>
internal sealed class JsonRequestContent : HttpContent
{
    private readonly byte[] _json;
    private volatile bool _wasSent;

    public JsonRequestContent(object value)
    {
        _json = Pan123Json.Serialize(value);
        // Without a charset, as in the documentation's example.
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Whether anything has begun to send the body. A handler of the application that reads it counts too: better unknown than wrong.</summary>
    public bool WasSent => _wasSent;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SendAsync(stream, CancellationToken.None);

#if NET
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        SendAsync(stream, cancellationToken);
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }

    private Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        _wasSent = true;
        return stream.WriteAsync(_json, 0, _json.Length, cancellationToken);
    }
}
