using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Pan123;

/// <summary>
/// The innermost handler, whatever the application adds. It lets only unchanged requests pass, records the attempts, reads the whole response
/// within the attempt's timeout and the caller's cancellation, and gives it its effective HTTP status. Only this handler knows that errors
/// are in the body: everything outside speaks plain HTTP.
/// </summary>
/// <param name="baseAddress">The address of the service.</param>
/// <param name="isPlatforms">Whether the inner handler is one of .NET's, which sends nothing without reading the body.</param>
internal sealed class EnvelopeHandler(Uri baseAddress, bool isPlatforms) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = ApiRequest.Get(request);
        await CheckAsync(call, request, cancellationToken).ConfigureAwait(false);

        var (sent, attempt) = BeginAttempt(call, request);
        var (content, authorization) = (sent.Content, sent.Headers.Authorization);
        HttpResponseMessage? response = null;
        try
        {
            // Added here, where no custom handler sees it, and removed at the end.
            sent.Headers.Authorization = call.AccessToken is { } accessToken ? new AuthenticationHeaderValue("Bearer", accessToken) : authorization;
            response = await base.SendAsync(sent, cancellationToken).ConfigureAwait(false);
            var read = await ApiResponse.ReadAsync(response, call, isExpected: call.Matches(response.RequestMessage ?? sent) && !IsReplaced(), cancellationToken).ConfigureAwait(false);
            (response.StatusCode, response.ReasonPhrase) = (read.EffectiveStatusCode, null);
            RemoveSecrets(response.Headers, call);
            if (response.Content is { } body)
            {
                RemoveSecrets(body.Headers, call);
            }

            End(read, mayHaveBeenSent: true);
            return response;
        }
        catch (Exception failure)
        {
            End(read: null, mayHaveBeenSent: response is not null || IsReplaced() || !(isPlatforms || IsNoConnection(failure)));
            response?.Dispose();
            if (call.Messages.Clean(failure) is var cleaned && cleaned != failure)
            {
                throw cleaned;
            }

            throw;
        }

        // Restores the request first: as soon as the attempt has ended, the next one may send the same request. A listener to .NET's own events
        // may have wrapped the body.
        void End(ApiResponse? read, bool mayHaveBeenSent)
        {
            (sent.Headers.Authorization, sent.Content) = (authorization, content);
            call.Attempts.End(attempt, read, mayHaveBeenSent);
        }

        // Whether a custom primary handler has replaced the body. A handler that only wraps the body also reads it.
        bool IsReplaced() => !isPlatforms && sent.Content != content && attempt.Reads == 0;
    }

    // An application can change an HttpClient's base address, and a custom handler can change anything in a request.
    private async Task CheckAsync(ApiRequest call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!call.Matches(request) || !call.IsAt(baseAddress))
        {
            throw new InvalidOperationException(
                $"the request was changed to {request.Method} {request.RequestUri?.GetLeftPart(UriPartial.Path)}: only the unchanged request is sent, and only to "
                + $"{baseAddress.GetLeftPart(UriPartial.Authority)}, the {nameof(Pan123ClientOptions)}.{nameof(Pan123ClientOptions.BaseAddress)}.");
        }

        // A body that is not the call's belongs to a copy, or has other IDs.
        if ((request.Content as ApiRequestContent)?.Call != call
            && !(request.Content is { } copy ? await copy.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : []).AsSpan().SequenceEqual(call.Body))
        {
            throw new InvalidOperationException("a custom handler changed the body of the request.");
        }
    }

    // Each attempt has its own body, which records whether it was read. The request of an attempt in flight is not changed, but copied.
    private static (HttpRequestMessage Sent, ApiRequestContent Attempt) BeginAttempt(ApiRequest call, HttpRequestMessage request)
    {
        var attempt = call.Attempts.Begin(request.Content, out var isAlone);
        if (call.Body is null)
        {
            // Without a body there is no sign that the request was sent, so assume that it was.
            call.Attempts.OnRead(attempt);
            return (request, attempt);
        }

        if (!isAlone)
        {
            var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version };
            foreach (var header in request.Headers)
            {
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            request = copy;
        }

        request.Content = attempt;
        return (request, attempt);
    }

    // Removes all headers if one contains a secret: HttpClient logs the names of headers, and to structured loggers their values too.
    private static void RemoveSecrets(HttpHeaders headers, ApiRequest call)
    {
#if NET
        foreach (var header in headers.NonValidated)
#else
        foreach (var header in headers)
#endif
        {
            foreach (var value in header.Value)
            {
                if (call.Messages.ContainsSecret(header.Key) || call.Messages.ContainsSecret(value))
                {
                    headers.Clear();
                    return;
                }
            }
        }
    }

    private static bool IsNoConnection(Exception failure) => failure is HttpRequestException
    {
        InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable },
    };
}
