namespace Pan123;

/// <summary>
/// Where the access token comes from. Register your own to have tokens from elsewhere, such as a vault; it then comes before the
/// tokens and credentials in <see cref="Pan123ClientOptions"/>.
/// </summary>
public interface IAccessTokenProvider
{
    /// <summary>Gets the token for a request that is about to be sent. Called once per request, possibly concurrently: cache the token.</summary>
    /// <param name="rejectedToken">
    /// The token that the service has just rejected; null for none. If there is another one by now, return that; otherwise get a new one. If no
    /// other can be had, return the same one: the rejection then reaches the caller. A request is sent at most twice.
    /// </param>
    /// <param name="cancellationToken">The cancellation of the call that needs the token.</param>
    /// <returns>The token; never null. Without a token nothing is sent, so throw when there is none: the exception reaches the caller.</returns>
    ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken);
}
