namespace Pan123;

/// <summary>
/// Creates clients for accounts that are known only at run time, such as those of a web application's users. Register it by
/// <c>AddPan123ClientFactory</c> or the <c>AddPan123Client</c> without a name, whose options and handlers apply to all of them.
/// </summary>
/// <remarks>
/// All share the same connections. Limits, pauses, tokens and the circuit breaker are of one account each. What is known of an account is
/// forgotten when it was not used for an hour, and its client goes on all the same.
/// </remarks>
public interface IPan123ClientFactory
{
    /// <summary>Creates a client with the access tokens of a provider.</summary>
    /// <param name="account">
    /// The name of the account: clients with the same name share its limits. It is in logs and activities, so it must not be a secret.
    /// </param>
    /// <param name="accessTokenProvider">Provides the access tokens of this account. It is used by this client only.</param>
    /// <returns>The client. It costs little: create one whenever you need one, rather than keep it for long.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="account"/> is empty.</exception>
    IPan123Client CreateClient(string account, IAccessTokenProvider accessTokenProvider);

    /// <summary>Creates a client that requests and renews access tokens itself.</summary>
    /// <param name="account">
    /// The name of the account: clients with the same name and credentials share its limits and its token. It is in logs and activities, so it
    /// must not be a secret.
    /// </param>
    /// <param name="clientId">The client ID of the account.</param>
    /// <param name="clientSecret">The client secret of the account. Take it from a secret store, not from source code.</param>
    /// <returns>The client. It costs little: create one whenever you need one, rather than keep it for long.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An argument is empty.</exception>
    IPan123Client CreateClient(string account, string clientId, string clientSecret);
}
