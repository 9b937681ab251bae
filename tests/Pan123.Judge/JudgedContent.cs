using System.Net;

namespace Pan123.Judge;

/// <summary>Content that is judged when the transport reads it, and not before: a request that was never sent is none to be judged.</summary>
internal sealed class JudgedContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly Action<byte[]> _judge;

    public JudgedContent(HttpContent content, Action<byte[]> judge)
    {
        (_content, _judge) = (content, judge);
        foreach (var (name, values) in content.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }

        // The transport has asked for it by now, and does not ask again.
        Headers.ContentLength = content.Headers.ContentLength;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await _content.CopyToAsync(body, context, cancellationToken);
        _judge(body.ToArray());
        body.Position = 0;
        await body.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength ?? 0;
        return _content.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }
}
