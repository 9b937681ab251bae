namespace Pan123;

/// <summary>The JSON body of one attempt. It tells <see cref="Attempts"/> when something reads it, and so may have sent it.</summary>
internal sealed class ApiRequestContent : HttpContent
{
    private readonly byte[] _json;

    public ApiRequestContent(ApiRequest call)
    {
        (Call, _json) = (call, call.Body ?? []);

        // Without a charset, as in the documentation's example. As text, since a custom handler could change an object that requests share.
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    public ApiRequest Call { get; }

    public AttemptState State { get; set; }

    /// <summary>How often the body was read before the attempt ended. If more than once in flight, it may have been sent more than once, with only one response.</summary>
    public int Reads { get; set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => WriteAsync(stream, CancellationToken.None);

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
        Call.Attempts.OnRead(this);
        return stream.WriteAsync(_json, 0, _json.Length, cancellationToken);
    }
}
