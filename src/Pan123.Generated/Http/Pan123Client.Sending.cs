using Newtonsoft.Json;
using Polly;
using Polly.CircuitBreaker;

namespace Pan123;

// What the generated operations send their requests through. The generator's own code for this reads the body
// synchronously, loses the body of an answer that is not JSON and takes "0" for 0, so the templates leave it out.
public partial class Pan123Client
{
    private readonly HttpClient? _httpClient;
    private readonly Pan123Telemetry? _telemetry;
    private volatile Resolved? _resolved;

    /// <summary>For a stand-in in a test: a class derived from this one that overrides the methods it is called with. It can send nothing.</summary>
    protected Pan123Client()
    {
    }

    // Internal, so that there is no client without the handlers that add the token and read the envelope.
    internal Pan123Client(HttpClient httpClient, Pan123Telemetry telemetry) => (_httpClient, _telemetry) = (httpClient, telemetry);

    private async Task<TResponse> SendAsync<TResponse>(ApiRequest request, Func<Envelope, TResponse> readSuccess, CancellationToken cancellationToken)
    {
        var httpClient = _httpClient ?? throw new InvalidOperationException($"Nothing was sent: {GetType()} is a stand-in that does not override this method.");

        using (request)
        {
            ApiAnswer answer;
            request.RequestUri = Resolve(httpClient.BaseAddress, request.RequestUri!);
            try
            {
                // ResponseHeadersRead, since the envelope handler has read the body by then.
                using var response = await httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

                // A handler of the application may have sent a copy of the request, or put another content into the response.
                answer = response.Content switch
                {
                    AnswerContent copied => copied.Answer,
                    var content when request.Answer is { } own && own.Content == content => own,
                    _ => await ApiAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false),
                };
            }
            catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
            {
                // The framework's own words would be "A task was canceled."
                var outcome = OutcomeOf(request, new OperationCanceledException("it was cancelled.", cancelled, cancellationToken), httpClient);
                throw new OperationCanceledException($"The call was cancelled. {outcome.Message}", outcome, cancellationToken);
            }
            catch (Exception failure) when (request.IsInDoubt || failure is HttpRequestException or OperationCanceledException or ExecutionRejectedException)
            {
                throw OutcomeOf(request, failure, httpClient);
            }

            return ReadVerdict(answer, request, readSuccess);
        }
    }

    /// <summary>The whole address of an operation. HttpClient would put it together, and take it apart again, for each request.</summary>
    private Uri Resolve(Uri? baseAddress, Uri address)
    {
        if (baseAddress is null)
        {
            // HttpClient says what is wrong.
            return address;
        }

        if (_resolved is not { } resolved || resolved.BaseAddress != (object)baseAddress || resolved.Address != (object)address)
        {
            _resolved = resolved = new Resolved(baseAddress, address, new Uri(baseAddress, address));
        }

        return resolved.Whole;
    }

    /// <summary>What is known of a request that ended without an answer.</summary>
    private static Pan123Exception OutcomeOf(ApiRequest request, Exception failure, HttpClient httpClient) => (request, failure) switch
    {
        ({ IsInDoubt: true }, _) => new NoVerdictException(failure),

        // Refused for now, and then not sent again.
        ({ Refusal: { } refusal }, _) => ToException(refusal, request),

        // Read, though by no attempt: a handler of the application may have sent it by a way of its own.
        ({ WasSent: true }, _) => new NoVerdictException(failure),
        (_, HttpRequestException) => new Pan123NotSentException($"{httpClient.BaseAddress} could not be reached: {failure.Message}", failure),
        (_, BrokenCircuitException) => new Pan123NotSentException("too many requests before it failed, so for a while none is sent.", failure),
        _ => new Pan123NotSentException(failure.Message, failure),
    };

    private static TResponse ReadVerdict<TResponse>(ApiAnswer answer, ApiRequest request, Func<Envelope, TResponse> readSuccess)
    {
        var problem = answer.Problem;
        if (answer.Success is { } success)
        {
            try
            {
                return readSuccess(success);
            }
            catch (JsonException malformed)
            {
                problem = malformed.Message;
            }
        }

        if (answer.IsRefusal)
        {
            // An earlier attempt may have done what the service now refuses to do again.
            var refusal = ToException(answer, request);
            throw request.IsInDoubt ? new NoVerdictException(refusal) : refusal;
        }

        var evidence = new Evidence(request);
        throw new NoVerdictException(answer.HttpStatus, evidence.Problem(problem!), evidence.Excerpt(answer.Body));
    }

    private static Pan123ApiException ToException(ApiAnswer refusal, ApiRequest request)
    {
        var evidence = new Evidence(request);
        return refusal.Error is { } error
            ? new Pan123ApiException(refusal.HttpStatus, (Pan123ErrorCode)error.Code, Quote(error.Message), Quote(error.TraceId))
            : new Pan123ApiException(refusal.HttpStatus, code: null, apiMessage: null, traceId: null, evidence.Excerpt(refusal.Body));

        string? Quote(string? text) => text is null ? null : evidence.Quote(text);
    }

    private sealed record Resolved(Uri BaseAddress, Uri Address, Uri Whole);
}
