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

    // Internal, so that there is no client without the handlers that add the token and read the envelope.
    internal Pan123Client(HttpClient httpClient) => _httpClient = httpClient;

    private async Task<TResponse> SendAsync<TResponse>(ApiRequest request, CancellationToken cancellationToken)
    {
        var httpClient = _httpClient ?? throw new InvalidOperationException($"Nothing was sent: {GetType()} is a stand-in that does not override this method.");

        using (request)
        {
            var answer = await SendAsync(httpClient, request, cancellationToken).ConfigureAwait(false);
            return ReadVerdict<TResponse>(answer, request);
        }
    }

    private static async Task<EnvelopeContent> SendAsync(HttpClient httpClient, ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            // ResponseHeadersRead, since the envelope handler has read the body by then.
            using var response = await httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

            // A handler of the application may have put another content into the response.
            return response.Content as EnvelopeContent ?? await EnvelopeContent.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (request.IsInDoubt)
        {
            throw new NoVerdictException(failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            // Sent and not in doubt: refused, and then a handler of the application failed. What it did before is not known here.
            throw request.WasSent
                ? new NoVerdictException(failure)
                : new Pan123NotSentException($"{httpClient.BaseAddress} could not be reached: {failure.Message}", failure);
        }
    }

    private static TResponse ReadVerdict<TResponse>(EnvelopeContent answer, ApiRequest request)
    {
        var evidence = new Evidence(request);
        var problem = answer.Problem;
        if (answer.IsSuccess)
        {
            try
            {
                return Pan123Json.Deserialize<TResponse>(answer.Body);
            }
            catch (JsonException malformed)
            {
                problem = malformed.Message;
            }
        }

        if (answer.IsRefusal)
        {
            var refusal = answer.Error is { } error
                ? new Pan123ApiException(answer.HttpStatus, error.Code, Quote(error.Message), Quote(error.TraceId))
                : new Pan123ApiException(answer.HttpStatus, code: null, apiMessage: null, traceId: null, evidence.Excerpt(answer.Body));

            // An earlier attempt may have done what the service now refuses to do again.
            throw request.IsInDoubt ? new NoVerdictException(refusal) : refusal;
        }

        throw new NoVerdictException(answer.HttpStatus, evidence.Problem(problem!), evidence.Excerpt(answer.Body));

        string? Quote(string? text) => text is null ? null : evidence.Quote(text);
    }
}
