namespace Pan123;

/// <summary>
/// Where the access token comes from. Register your own before the first call to have tokens from elsewhere, such as a vault;
/// it then takes the place of <see cref="Pan123ClientOptions.AccessToken"/>.
/// </summary>
public interface IAccessTokenProvider
{
    /// <summary>Gives the token for a request that is about to be sent. Called for each request, also concurrently: keep the token, and give it again.</summary>
    /// <param name="cancellationToken">The cancellation of the call that needs the token.</param>
    /// <returns>The token; never null. Without a token nothing is sent, so throw when there is none: the exception reaches the caller.</returns>
    ValueTask<AccessToken> GetAccessTokenAsync(CancellationToken cancellationToken);
}
