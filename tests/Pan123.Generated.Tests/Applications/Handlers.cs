using System.Net;
using System.Text;

namespace Pan123.Tests.Applications;

/// <summary>Sends a request to the next handler.</summary>
internal delegate Task<HttpResponseMessage> Send(HttpRequestMessage request);

/// <summary>A handler as an application may write one.</summary>
internal sealed class ApplicationHandler(Func<HttpRequestMessage, Send, Task<HttpResponseMessage>> around) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        around(request, sent => base.SendAsync(sent, cancellationToken));
}

/// <summary>A primary handler that sends again by itself.</summary>
internal sealed class RetryingClientHandler : HttpClientHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Handlers.RetryAsync(request, sent => base.SendAsync(sent, cancellationToken));
}

/// <summary>A primary handler that is not the platform's, and so nobody but itself can restrict: it sends a copy by a transport of its own.</summary>
internal sealed class ForwardingPrimaryHandler : HttpMessageHandler
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await _http.SendAsync(await Handlers.CopyAsync(request), cancellationToken);

    protected override void Dispose(bool disposing)
    {
        _http.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What the handlers of applications do with a request, as a next handler sees it.</summary>
internal static class Handlers
{
    public const string Rejection = """{"code":5066,"message":"file not found","data":null,"x-traceID":"an application"}""";

    private const int Attempts = 3;

    public static bool IsDeletion(HttpRequestMessage request) =>
        request.RequestUri!.AbsolutePath.EndsWith("/file/delete", StringComparison.Ordinal);

    public static HttpResponseMessage MadeUp(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static Task<HttpResponseMessage> RetryAsync(HttpRequestMessage request, Send send) => RetryAsync(() => send(request));

    public static Task<HttpResponseMessage> RetryCopiesAsync(HttpRequestMessage request, Send send) =>
        RetryAsync(async () => await send(await CopyAsync(request)));

    /// <summary>As retries were written when a request could be sent only once.</summary>
    public static Task<HttpResponseMessage> SendCopyWithoutOptionsAsync(HttpRequestMessage request, Send send) =>
        send(CopyHead(request, request.Content));

    public static async Task<HttpResponseMessage> SendCopyWithOptionsAsync(HttpRequestMessage request, Send send)
    {
        var copy = await CopyAsync(request);
        foreach (var (key, value) in request.Options)
        {
            ((IDictionary<string, object?>)copy.Options)[key] = value;
        }

        return await send(copy);
    }

    public static async Task<HttpResponseMessage> BufferAsync(HttpRequestMessage request, Send send)
    {
        await request.Content!.LoadIntoBufferAsync();
        return await send(request);
    }

    public static async Task<HttpResponseMessage> SendBytesAsync(HttpRequestMessage request, Send send)
    {
        request.Content = CopyContent(request.Content!, await request.Content!.ReadAsByteArrayAsync());
        return await send(request);
    }

    public static async Task<HttpResponseMessage> SendTwiceAsync(HttpRequestMessage request, Send send, bool returnsFirst)
    {
        var first = await send(request);
        if (!returnsFirst)
        {
            first.Dispose();
            return await send(request);
        }

        (await send(request)).Dispose();
        return first;
    }

    public static async Task<HttpResponseMessage> SendTwiceAtOnceAsync(HttpRequestMessage request, Send send, bool copies)
    {
        var first = send(copies ? await CopyAsync(request) : request);
        var second = send(copies ? await CopyAsync(request) : request);
        return await (await Task.WhenAny(first, second) == first ? second : first);
    }

    /// <summary>Other files are named to the service than the caller has named.</summary>
    public static Task<HttpResponseMessage> SwapFilesAsync(HttpRequestMessage request, Send send)
    {
        if (IsDeletion(request))
        {
            request.Content = CopyContent(request.Content!, """{"fileIDs":[4,5,6]}"""u8.ToArray());
        }

        return send(request);
    }

    public static async Task<HttpResponseMessage> SwapBodyAsync(HttpRequestMessage request, Send send, string body)
    {
        var response = await send(request);
        if (IsDeletion(request))
        {
            response.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return response;
    }

    public static async Task<HttpResponseMessage> SwapResponseAsync(HttpRequestMessage request, Send send, string body)
    {
        if (!IsDeletion(request))
        {
            return await send(request);
        }

        using var response = await send(request);
        return MadeUp(HttpStatusCode.OK, body);
    }

    public static async Task<HttpResponseMessage> SetStatusAsync(HttpRequestMessage request, Send send, HttpStatusCode status)
    {
        var response = await send(request);
        if (IsDeletion(request))
        {
            response.StatusCode = status;
        }

        return response;
    }

    public static async Task<HttpResponseMessage> DisposeResponseAsync(HttpRequestMessage request, Send send)
    {
        var response = await send(request);
        response.Dispose();
        return response;
    }

    public static async Task<HttpResponseMessage> ThrowAfterAsync(HttpRequestMessage request, Send send, Exception failure)
    {
        using var response = await send(request);
        throw IsDeletion(request) ? failure : new HttpRequestException("The application has another failure for tokens.");
    }

    public static Task<HttpResponseMessage> RewriteAsync(HttpRequestMessage request, Send send, Uri address)
    {
        request.RequestUri = address;
        return send(request);
    }

    public static Task<HttpResponseMessage> AddHeadersAsync(HttpRequestMessage request, Send send)
    {
        request.Headers.Add("Cookie", "session=application");
        request.Headers.Add("X-Application", "header");
        return send(request);
    }

    public static Task<HttpResponseMessage> RemoveTokenAsync(HttpRequestMessage request, Send send)
    {
        request.Headers.Authorization = null;
        return send(request);
    }

    public static Task<HttpResponseMessage> SendElsewhereAsync(HttpRequestMessage request, Send send)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => send(request));
        }
    }

    /// <summary>A copy of everything but the options, with the body's bytes.</summary>
    public static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request) =>
        CopyHead(request, request.Content is null ? null : CopyContent(request.Content, await request.Content.ReadAsByteArrayAsync()));

    private static HttpRequestMessage CopyHead(HttpRequestMessage request, HttpContent? content)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version, Content = content };
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        return copy;
    }

    private static ByteArrayContent CopyContent(HttpContent content, byte[] body)
    {
        var copy = new ByteArrayContent(body);
        copy.Headers.ContentType = content.Headers.ContentType;
        return copy;
    }

    private static async Task<HttpResponseMessage> RetryAsync(Func<Task<HttpResponseMessage>> send)
    {
        for (var attempt = 1; attempt < Attempts; attempt++)
        {
            try
            {
                var response = await send();
                if (response.IsSuccessStatusCode)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                // Once more, whatever it was.
            }
        }

        return await send();
    }
}
