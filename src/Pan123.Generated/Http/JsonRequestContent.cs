using System.Net;

namespace Pan123;

/// <summary>A JSON body that tells its request when something begins to read it.</summary>
/// <remarks>
/// It is in a borrowed buffer. Whoever borrows that next puts other IDs in, so it is given back only when nothing can read it any more: at
/// the end, if each write that began has ended well. Otherwise it is left to the garbage collector, which knows.
/// </remarks>
internal sealed class JsonRequestContent : HttpContent
{
    // So far from 0 that the writes that end later do not count up or down to it.
    private const int Disposed = int.MinValue / 2;

    private readonly ApiRequest _request;
    private readonly byte[] _json;
    private readonly int _length;
    private int _writes;

    public JsonRequestContent(ApiRequest request, IRequestBody body)
    {
        var json = new RequestWriter();
        body.WriteTo(ref json);
        (_request, _json, _length) = (request, json.Buffer, json.Length);

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
        length = _length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _writes, Disposed) == 0)
        {
            RequestWriter.Return(_json);
        }

        base.Dispose(disposing);
    }

    internal async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Interlocked.Increment(ref _writes) < 0, this);
        _request.BodyIsRead();
        await stream.WriteAsync(_json.AsMemory(0, _length), cancellationToken).ConfigureAwait(false);

        // Not in a finally: of a stream that failed, or was cancelled, nobody knows whether it has let go.
        Interlocked.Decrement(ref _writes);
    }
}
