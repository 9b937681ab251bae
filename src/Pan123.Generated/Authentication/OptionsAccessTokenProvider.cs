namespace Pan123;

/// <summary>Provides the token from the options.</summary>
internal sealed class OptionsAccessTokenProvider(Pan123ClientOptions options) : IAccessTokenProvider
{
    // Created on first use, since the options of a registration for the factory have no token.
    private AccessToken? _accessToken;

    public ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken) =>
        new(_accessToken ??= new AccessToken(options.AccessToken!));
}
