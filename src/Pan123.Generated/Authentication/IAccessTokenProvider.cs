namespace Pan123;

/// <summary>
/// Provides access tokens. Register your own to get them from elsewhere, such as a vault; it takes precedence over the token and the
/// credentials in <see cref="Pan123ClientOptions"/>.
/// </summary>
public interface IAccessTokenProvider
{
    /// <summary>Gets the token for a request that is about to be sent. Called once per request, possibly concurrently: cache the token.</summary>
    /// <param name="rejectedToken">
    /// The token that the service has just rejected; otherwise null. If there is another one by now, return it; otherwise get a new one. If no
    /// other is available, return the same one: the rejection then reaches the caller. A rejected request is resent at most once.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the call that needs the token is cancelled or times out.</param>
    /// <returns>The token, never null. If there is none, throw: then nothing is sent, and the caller gets the exception as an inner exception.</returns>
    ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken);
}
