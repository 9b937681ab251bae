namespace Pan123;

/// <summary>
/// Where the access token comes from. Register your own to have tokens from elsewhere, such as a vault; it then comes before the
/// tokens and credentials in <see cref="Pan123ClientOptions"/>.
/// </summary>
public interface IAccessTokenProvider
{
    /// <summary>Gives the token for a request that is about to be sent. Called for each request, also concurrently: keep the token, and give it again.</summary>
    /// <param name="refused">
    /// The token that the service has just refused, or null. If there is by now another one, give that; otherwise get a new one. Who has no
    /// other gives the same again, and the refusal reaches the caller: a request is sent at most twice.
    /// </param>
    /// <param name="cancellationToken">The cancellation of the call that needs the token.</param>
    /// <returns>The token; never null. Without a token nothing is sent, so throw when there is none: the exception reaches the caller.</returns>
    ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? refused, CancellationToken cancellationToken);
}
