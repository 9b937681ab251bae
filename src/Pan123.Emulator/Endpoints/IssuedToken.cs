namespace Pan123.Emulator;

/// <summary>An access token, and the time at which it expires.</summary>
/// <param name="AccessToken">The token as clients send it.</param>
/// <param name="ExpiresAt">A whole second. From then on the token is rejected.</param>
internal sealed record IssuedToken(string AccessToken, DateTimeOffset ExpiresAt);
