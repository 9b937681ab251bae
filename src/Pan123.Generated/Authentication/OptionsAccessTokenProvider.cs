namespace Pan123;

/// <summary>Provides the token from the options.</summary>
internal sealed class OptionsAccessTokenProvider(Pan123ClientOptions options) : IAccessTokenProvider
{
    // Only now, since a registration for the factory has none.
    private AccessToken? _accessToken;

    public ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken) =>
        new(_accessToken ??= new AccessToken(options.AccessToken!));
}
