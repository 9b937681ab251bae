namespace Pan123.Tests;

/// <summary>Provides always the same token.</summary>
internal sealed class FixedProvider(string token) : IAccessTokenProvider
{
    public ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken) => new(new AccessToken(token));
}
