using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Pan123;

/// <summary>
/// The innermost handler, whatever the application adds: it lets nothing pass but what was asked for, keeps the book of attempts, reads the
/// whole response, within the attempt's time and the caller's cancellation, and gives it the HTTP status that it means. It is the only place
/// that knows that errors hide in the body: everything outside speaks plain HTTP.
/// </summary>
/// <param name="baseAddress">The address of the service.</param>
/// <param name="isPlatforms">Whether the handler inside is one of .NET's, which sends nothing without reading the body.</param>
internal sealed class EnvelopeHandler(Uri baseAddress, bool isPlatforms) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = ApiRequest.Find(request)
            ?? throw new InvalidOperationException("a handler has taken the request out of the context of its call, so nobody would know what became of it.");
        await CheckAsync(call, request, cancellationToken).ConfigureAwait(false);

        var (sent, attempt) = Begin(call, request);
        var content = sent.Content;
        HttpResponseMessage? response = null;
        try
        {
            if (call.AccessToken is { } accessToken)
            {
                // Here, where no handler of the application sees it; and taken off again.
                sent.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
            }

            response = await base.SendAsync(sent, cancellationToken).ConfigureAwait(false);
            var isAsAsked = call.IsAskedBy(response.RequestMessage ?? sent) && !IsReplaced();
            var answer = await ApiResponse.ReadAsync(response, call, isAsAsked, cancellationToken).ConfigureAwait(false);
            call.Attempts.End(attempt, answer, mayHaveBeenSent: true);

            response.StatusCode = answer.EffectiveStatusCode;
            response.ReasonPhrase = null;
            RemoveSecrets(response.Headers, call);
            if (response.Content is { } received)
            {
                RemoveSecrets(received.Headers, call);
            }

            return response;
        }
        catch (Exception failure)
        {
            call.Attempts.End(attempt, response: null, mayHaveBeenSent: response is not null || IsReplaced() || !(isPlatforms || IsNoConnection(failure)));
            response?.Dispose();
            if (call.Clean(failure) is var cleaned && cleaned != failure)
            {
                throw cleaned;
            }

            throw;
        }
        finally
        {
            if (call.AccessToken is not null)
            {
                sent.Headers.Authorization = null;
            }

            // As it was: a listener to .NET's own events may have wrapped it.
            sent.Content = content;
        }

        // By a handler that the application has put in the place of .NET's; what wraps the body reads it.
        bool IsReplaced() => !isPlatforms && sent.Content != content && attempt.Reads == 0;
    }

    // An application can change an HttpClient's base address, and a handler of its own anything in a request.
    private async Task CheckAsync(ApiRequest call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!call.IsAskedBy(request) || !IsOrigin(request.RequestUri))
        {
            throw new InvalidOperationException(
                $"the request has become {request.Method} {request.RequestUri?.GetLeftPart(UriPartial.Path)}, and it goes only where it was made for, at "
                + $"{baseAddress.GetLeftPart(UriPartial.Authority)}, the {nameof(Pan123ClientOptions)}.{nameof(Pan123ClientOptions.BaseAddress)}.");
        }

        if (request.Content is ApiRequestContent content && content.Request == call)
        {
            return;
        }

        // A copy, or other IDs.
        var body = request.Content is { } copy ? await copy.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : [];
        if (!body.AsSpan().SequenceEqual(call.Body))
        {
            throw new InvalidOperationException("a handler has changed the body of the request.");
        }
    }

    private bool IsOrigin(Uri? address) => address is not null && address.Scheme == baseAddress.Scheme && address.Port == baseAddress.Port
        && string.Equals(address.Host, baseAddress.Host, StringComparison.OrdinalIgnoreCase);

    private static (HttpRequestMessage Sent, Attempt Attempt) Begin(ApiRequest call, HttpRequestMessage request)
    {
        if (call.Body is null)
        {
            // Of a request without a body nobody can tell whether it was sent.
            var attempt = new Attempt(call.Attempts);
            call.Attempts.TryBegin(attempt, out _);
            attempt.OnRead();
            return (request, attempt);
        }

        if (request.Content is ApiRequestContent own && call.Attempts.TryBegin(own.Attempt, out _))
        {
            return (request, own.Attempt);
        }

        // Each attempt has a body of its own, by which it is seen whether that was read; and while one is in flight its request stays as it is.
        var content = new ApiRequestContent(call);
        call.Attempts.TryBegin(content.Attempt, out var isAlone);
        if (!isAlone)
        {
            request = Copy(request);
        }

        request.Content = content;
        return (request, content.Attempt);
    }

    private static HttpRequestMessage Copy(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version };
        foreach (var header in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return copy;
    }

    // The logs of HttpClient show the names of headers, and to structured loggers their values.
    private static void RemoveSecrets(HttpHeaders headers, ApiRequest call)
    {
        List<string>? repeating = null;
#if NET
        foreach (var header in headers.NonValidated)
#else
        foreach (var header in headers)
#endif
        {
            var hasNone = call.HasNoSecret(header.Key);
            foreach (var value in header.Value)
            {
                hasNone &= call.HasNoSecret(value);
            }

            if (!hasNone)
            {
                (repeating ??= []).Add(header.Key);
            }
        }

        repeating?.ForEach(name => headers.Remove(name));
    }

    private static bool IsNoConnection(Exception failure) => failure is HttpRequestException
    {
        InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable },
    };
}
