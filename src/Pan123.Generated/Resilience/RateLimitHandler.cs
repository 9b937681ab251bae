namespace Pan123;

/// <summary>
/// Makes each request wait for its permit, and retries it after a 429, which says nothing about the files, for as long as the call may
/// take. Inside the retry, so that no request holds a permit while it waits for a retry, and outside the attempt's timeout, which does not
/// count the wait.
/// </summary>
internal sealed class RateLimitHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = ApiRequest.Get(request);
        var limiter = call.RateLimiter = call.Account.RateLimiters.Get(call);
        while (true)
        {
            using var lease = await limiter.AcquireAsync(cancellationToken).ConfigureAwait(false);
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!limiter.OnResponse(lease, response))
            {
                return response;
            }

            response.Dispose();
        }
    }
}
