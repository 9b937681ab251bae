namespace Pan123;

/// <summary>Settings of a client. They are validated when the program starts, and fixed from then on.</summary>
public sealed class Pan123ClientOptions
{
    /// <summary>
    /// Where the service is: an absolute https address, by default <see cref="Pan123Client.DefaultBaseAddress"/>. Plain http is
    /// for the loopback only (an emulator). The access token is sent nowhere else.
    /// </summary>
    public Uri BaseAddress { get; set; } = new(Pan123Client.DefaultBaseAddress);

    /// <summary>
    /// The client ID of the application, for access tokens that the client issues and renews itself; with <see cref="ClientSecret"/>, and
    /// instead of <see cref="AccessToken"/>. Null, the default, for none.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>The client secret: take it from a secret store and not from the source. Null, the default, for none.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>How long before it expires an access token is renewed; a short-lived one half-way at the latest. Default: 5 minutes.</summary>
    public TimeSpan AccessTokenRenewalMargin { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// An access token to use as it is, without "Bearer" before it, instead of <see cref="ClientId"/> and <see cref="ClientSecret"/>: a
    /// secret, so take it from a secret store and not from the source. Null, the default, for none.
    /// </summary>
    public string? AccessToken { get; set; }

    internal void CopyTo(Pan123ClientOptions other)
    {
        other.BaseAddress = BaseAddress;
        other.ClientId = ClientId;
        other.ClientSecret = ClientSecret;
        other.AccessTokenRenewalMargin = AccessTokenRenewalMargin;
        other.AccessToken = AccessToken;
    }
}
