using System.Net;
using Newtonsoft.Json;

namespace Pan123;

// What the generated operations send their requests through. The generator's own code for this reads the body
// synchronously, loses the body of an answer that is not JSON and takes "0" for 0, so the templates leave it out.
public partial class Pan123Client
{
    private readonly HttpClient? _httpClient;

    /// <summary>For a stand-in in a test: a class derived from this one that overrides the methods it is called with. It can send nothing.</summary>
    protected Pan123Client()
    {
    }

    // Internal, so that there is no client without the handler that adds the token.
    internal Pan123Client(HttpClient httpClient) => _httpClient = httpClient;

    private async Task<TResponse> SendAsync<TResponse>(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            var httpClient = _httpClient ?? throw new InvalidOperationException($"Nothing was sent: {GetType()} is a stand-in that does not override this method.");

            // .NET Framework would send "Expect: 100-continue", which the service did not ask for.
            request.Headers.ExpectContinue = false;

            using var response = await SendAsync(httpClient, request, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return ReadVerdict<TResponse>(response.StatusCode, body, request.Headers.Authorization?.Parameter);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient httpClient, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            // ResponseContentRead, so that HttpClient reads the body too: asynchronously, within its time-out and its limit of size.
            return await httpClient.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (((JsonRequestContent)request.Content!).WasSent)
        {
            throw new NoVerdictException(failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            throw new Pan123NotSentException($"{httpClient.BaseAddress} could not be reached: {failure.Message}", failure);
        }
    }

    private static TResponse ReadVerdict<TResponse>(HttpStatusCode httpStatus, byte[] body, string? accessToken)
    {
        string problem;
        try
        {
            var envelope = Envelope.Read(body);
            if (envelope.Code != 0)
            {
                throw new Pan123ApiException(httpStatus, envelope.Code, Quote(envelope.Message), Quote(envelope.TraceId));
            }

            if (httpStatus == HttpStatusCode.OK)
            {
                return Pan123Json.Deserialize<TResponse>(body);
            }

            throw new NoVerdictException(httpStatus, "Its 'code' says success and its HTTP status does not.", Evidence.From(body, accessToken));
        }
        catch (JsonException malformed)
        {
            problem = Quote(malformed.Message)!;
        }

        // A status of the 4xx class is a refusal even without an envelope: a gateway stands before the service. Except 408,
        // whose sender does not know what became of the request.
        if ((int)httpStatus is >= 400 and < 500 && httpStatus != HttpStatusCode.RequestTimeout)
        {
            throw new Pan123ApiException(httpStatus, code: null, apiMessage: null, traceId: null, Evidence.From(body, accessToken));
        }

        throw new NoVerdictException(httpStatus, problem, Evidence.From(body, accessToken));

        string? Quote(string? text) => text is null ? null : Evidence.From(text, accessToken);
    }
}
