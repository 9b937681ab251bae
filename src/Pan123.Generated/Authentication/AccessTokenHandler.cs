namespace Pan123;

/// <summary>
/// Gets the access token for each request that needs one; without a token nothing is sent. A rejected token is renewed and the request
/// resent, once. The <see cref="EnvelopeHandler"/> adds the token to the request, where no custom handler sees it.
/// </summary>
/// <param name="registered">The provider of the registered client, for calls that have no other one.</param>
internal sealed class AccessTokenHandler(IAccessTokenProvider registered) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The operation that requests tokens needs none, so its rejection never requests another one.
        var call = ApiRequest.Get(request);
        if (!call.RequiresAccessToken)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var provider = call.AccessTokenProvider ?? registered;
        var accessToken = await GetAccessTokenAsync(provider, rejectedToken: null, cancellationToken).ConfigureAwait(false);
        call.AccessToken = accessToken.Value;
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        // The response has been read to its end, so it holds no connection meanwhile.
        var renewed = await GetAccessTokenAsync(provider, accessToken, cancellationToken).ConfigureAwait(false);
        if (renewed.Value == accessToken.Value)
        {
            return response;
        }

        response.Dispose();
        call.AccessToken = renewed.Value;
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<AccessToken> GetAccessTokenAsync(IAccessTokenProvider provider, AccessToken? rejectedToken, CancellationToken cancellationToken) =>
        await provider.GetAccessTokenAsync(rejectedToken, cancellationToken).ConfigureAwait(false)
        ?? throw new InvalidOperationException($"{provider.GetType()} returned null instead of an access token.");
}
