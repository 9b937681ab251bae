using System.Net.Http.Headers;

namespace Pan123;

/// <summary>Puts the access token on each request to the service, and sends none without it or to anywhere else.</summary>
internal sealed class AccessTokenHandler(IAccessTokenProvider accessTokenProvider, Uri baseAddress) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        RefuseOtherOrigin(request.RequestUri);

        var accessToken = await accessTokenProvider.GetAccessTokenAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Nothing was sent: {accessTokenProvider.GetType()} gave no access token.");

        // Set and not added: a retry sends the same request again.
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken.Value);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    // An application can change an HttpClient's base address, and a handler of its own a request's.
    private void RefuseOtherOrigin(Uri? address)
    {
        if (address is null
            || Uri.Compare(address, baseAddress, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw new InvalidOperationException(
                $"Nothing was sent: the request is for {address?.GetLeftPart(UriPartial.Authority)}, and the access token goes only to "
                + $"{baseAddress.GetLeftPart(UriPartial.Authority)}, the {nameof(Pan123ClientOptions)}.{nameof(Pan123ClientOptions.BaseAddress)}.");
        }
    }
}
