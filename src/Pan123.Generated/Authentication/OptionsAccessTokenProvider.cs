namespace Pan123;

/// <summary>Provides the token from the options.</summary>
internal sealed class OptionsAccessTokenProvider(Pan123ClientOptions options) : IAccessTokenProvider
{
    // Not null: the options were validated.
    private readonly AccessToken _accessToken = new(options.AccessToken!);

    public ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken) => new(_accessToken);
}
