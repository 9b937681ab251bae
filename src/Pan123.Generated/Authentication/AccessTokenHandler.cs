using System.Net;
using System.Net.Http.Headers;

namespace Pan123;

/// <summary>
/// Puts the access token on each request to the service that needs one, and sends none without it or to anywhere else. A refused token
/// is renewed, and the request sent again, once.
/// </summary>
internal sealed class AccessTokenHandler(IAccessTokenProvider accessTokenProvider, Uri baseAddress) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        RefuseOtherOrigin(request.RequestUri);

        // The operation that issues tokens: so a refusal of it never asks for another token.
        if (request is ApiRequest { RequiresAccessToken: false })
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
        ?? throw new InvalidOperationException($"Nothing was sent: {accessTokenProvider.GetType()} gave no access token.");

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, AccessToken accessToken, CancellationToken cancellationToken)
    {
        // Set and not added: it may be the same request again.
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken.Value);
        return base.SendAsync(request, cancellationToken);
    }

    // An application can change an HttpClient's base address, and a handler of its own a request's.
    private void RefuseOtherOrigin(Uri? address)
    {
        if (address is null || address.Scheme != baseAddress.Scheme || address.Port != baseAddress.Port
            || !string.Equals(address.Host, baseAddress.Host, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                $"Nothing was sent: the request is for {address?.GetLeftPart(UriPartial.Authority)}, and the access token goes only to "
                + $"{baseAddress.GetLeftPart(UriPartial.Authority)}, the {nameof(Pan123ClientOptions)}.{nameof(Pan123ClientOptions.BaseAddress)}.");
        }
    }
}
