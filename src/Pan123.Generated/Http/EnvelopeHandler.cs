namespace Pan123;

/// <summary>
/// The innermost handler, and the only place that knows that errors hide in the body: it reads the whole answer, within the attempt's
/// time and the caller's cancellation, and gives the response the HTTP status that the answer means. Everything outside speaks plain HTTP.
/// </summary>
internal sealed class EnvelopeHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var apiRequest = request as ApiRequest;
        apiRequest?.BeginAttempt();

        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = await ApiAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            if (apiRequest is not null)
            {
                apiRequest.EndAttempt(answer);
            }
            else
            {
                response.Content = new AnswerContent(answer);
                answer.Content?.Dispose();
            }

            response.StatusCode = answer.Meaning;
            response.ReasonPhrase = null;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
