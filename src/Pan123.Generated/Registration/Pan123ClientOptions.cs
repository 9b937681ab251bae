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
    /// The access token, without "Bearer" before it: a secret, so take it from a secret store and not from the source. Null, the
    /// default, when an <see cref="IAccessTokenProvider"/> is registered, which comes first in any case.
    /// </summary>
    public string? AccessToken { get; set; }

    internal void CopyTo(Pan123ClientOptions other)
    {
        other.BaseAddress = BaseAddress;
        other.AccessToken = AccessToken;
    }
}
