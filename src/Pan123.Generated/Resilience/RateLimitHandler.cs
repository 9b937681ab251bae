namespace Pan123;

/// <summary>
/// Makes each request wait for its permit, retries included. Inside the retry, so that no request holds a permit while it waits for a
/// retry, and outside the attempt's timeout, which does not count the wait.
/// </summary>
internal sealed class RateLimitHandler(RateLimiterRegistry limiters, IOptions<Pan123ClientOptions> options, TimeProvider timeProvider) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var limiter = limiters.Get(request);
        var lease = await limiter.AcquireAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == (HttpStatusCode)429)
            {
                limiter.Pause(RetryAfter.Parse(response, timeProvider) ?? options.Value.RetryDelay);
            }

            return response;
        }
        finally
        {
            limiter.Release(lease);
        }
    }
}
