namespace Pan123;

/// <summary>
/// Gets the access token for each request that needs one; without a token nothing is sent. A rejected token is renewed and the request
/// resent, once. The <see cref="EnvelopeHandler"/> adds the token to the request, where no custom handler sees it.
/// </summary>
internal sealed class AccessTokenHandler(IAccessTokenProvider accessTokenProvider) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The operation that requests tokens needs none, so its rejection never requests another one.
        if (ApiRequest.Find(request) is not { RequiresAccessToken: true } call)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var accessToken = await GetAccessTokenAsync(rejectedToken: null, cancellationToken).ConfigureAwait(false);
        call.AccessToken = accessToken.Value;
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        // The response has been read to its end, so it holds no connection meanwhile.
        var renewed = await GetAccessTokenAsync(accessToken, cancellationToken).ConfigureAwait(false);
        if (renewed.Value == accessToken.Value)
        {
            return response;
        }

        response.Dispose();
        call.AccessToken = renewed.Value;
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken) =>
        await accessTokenProvider.GetAccessTokenAsync(rejectedToken, cancellationToken).ConfigureAwait(false)
        ?? throw new InvalidOperationException($"{accessTokenProvider.GetType()} gave no access token.");
}
