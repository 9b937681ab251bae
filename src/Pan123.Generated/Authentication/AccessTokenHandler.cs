using System.Net;
using System.Net.Http.Headers;

namespace Pan123;

/// <summary>
/// Puts the access token on each request that needs one, and sends none without it. A refused token
/// is renewed, and the request sent again, once.
/// </summary>
internal sealed class AccessTokenHandler(IAccessTokenProvider accessTokenProvider) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The operation that issues tokens: so a refusal of it never asks for another token.
        if (ApiRequest.Find(request) is { RequiresAccessToken: false })
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var accessToken = await GetAccessTokenAsync(refused: null, cancellationToken).ConfigureAwait(false);
        var response = await SendAsync(request, accessToken, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        AccessToken renewed;
        try
        {
            renewed = await GetAccessTokenAsync(accessToken, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }

        if (renewed.Value == accessToken.Value)
        {
            return response;
        }

        response.Dispose();
        return await SendAsync(request, renewed, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? refused, CancellationToken cancellationToken) =>
        await accessTokenProvider.GetAccessTokenAsync(refused, cancellationToken).ConfigureAwait(false)
        ?? throw new InvalidOperationException($"{accessTokenProvider.GetType()} gave no access token.");

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, AccessToken accessToken, CancellationToken cancellationToken)
    {
        ApiRequest.Find(request)?.Hide(accessToken.Value);

        // Set and not added: it may be the same request again.
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken.Value);
        return base.SendAsync(request, cancellationToken);
    }
}
