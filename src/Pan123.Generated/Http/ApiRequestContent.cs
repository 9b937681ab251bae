using System.Net;

namespace Pan123;

/// <summary>The JSON body of one attempt, which tells the attempt when something reads it.</summary>
internal sealed class ApiRequestContent : HttpContent
{
    private readonly byte[] _json;

    public ApiRequestContent(ApiRequest request)
    {
        (_json, Request, Attempt) = (request.Body!, request, new Attempt(request.Attempts));

        // Without a charset, as in the documentation's example. As text, since an object of all requests could be changed by a handler of
        // the application.
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    public ApiRequest Request { get; }

    public Attempt Attempt { get; }

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
        Attempt.OnRead();
        return stream.WriteAsync(_json, 0, _json.Length, cancellationToken);
    }
}
