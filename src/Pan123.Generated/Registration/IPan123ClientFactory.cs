namespace Pan123;

/// <summary>
/// Creates clients for accounts that are known only at run time, such as those of a web application's users. Register it with
/// <c>AddPan123ClientFactory</c>, or with <c>AddPan123Client</c> without a name. The options and handlers of that registration apply to all
/// accounts.
/// </summary>
/// <remarks>
/// All clients share the same connections. Each account has its own limits, pauses, tokens and circuit breaker. They are discarded when the
/// account was not used for an hour; its clients continue to work.
/// </remarks>
public interface IPan123ClientFactory
{
    /// <summary>Creates a client with the access tokens of a provider.</summary>
    /// <param name="account">
    /// The name of the account: clients with the same name share its limits. It is in logs and activities, so it must not be a secret.
    /// </param>
    /// <param name="accessTokenProvider">Provides the access tokens of this account. It is used by this client only.</param>
    /// <returns>The client. Creating one costs little: create it when you need it, and do not keep it for long.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="account"/> is empty or white space.</exception>
    IPan123Client CreateClient(string account, IAccessTokenProvider accessTokenProvider);

    /// <summary>Creates a client that requests and renews access tokens itself.</summary>
    /// <param name="account">
    /// The name of the account: clients with the same name and credentials share its limits and its token. It is in logs and activities, so it
    /// must not be a secret.
    /// </param>
    /// <param name="clientId">The client ID of the account.</param>
    /// <param name="clientSecret">The client secret of the account. Take it from a secret store, not from source code.</param>
    /// <returns>The client. Creating one costs little: create it when you need it, and do not keep it for long.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An argument is empty or white space.</exception>
    IPan123Client CreateClient(string account, string clientId, string clientSecret);
}
