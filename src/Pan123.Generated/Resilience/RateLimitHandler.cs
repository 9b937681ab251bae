using System.Net;
using Microsoft.Extensions.Options;

namespace Pan123;

/// <summary>
/// Lets each request wait for its permit, the repeated and the renewed too. Inside of retry, so that none waits while holding one, and
/// outside of the time per attempt, which does not count the wait.
/// </summary>
internal sealed class RateLimitHandler(RateLimits limits, IOptions<Pan123ClientOptions> options, TimeProvider timeProvider) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var limit = limits.Of(request);
        using var permit = await limit.AcquireAsync(cancellationToken).ConfigureAwait(false);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == (HttpStatusCode)429)
        {
            limit.Pause(RetryAfter.Of(response, timeProvider) ?? options.Value.RetryDelay);
        }

        return response;
    }
}
