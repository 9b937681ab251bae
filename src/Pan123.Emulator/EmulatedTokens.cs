using System.Security.Cryptography;

namespace Pan123.Emulator;

/// <summary>
/// The access tokens that a <see cref="Pan123Emulator"/> has issued at <c>POST /api/v1/access_token</c>. The fixed
/// <see cref="Pan123EmulatorOptions.AccessToken"/> is not among them, and nothing here ends it.
/// </summary>
/// <remarks>
/// A token is live until it expires, is signed out because too many were issued after it, or is revoked. From then on it is answered
/// with code 401. All members may be used from any thread.
/// </remarks>
public sealed class EmulatedTokens
{
    // The first two are messages of the service. It has no third for a token that somebody revoked, as far as is known.
    private const string Expired = "token is expired";
    private const string SignedOut = "tokens number has exceeded the limit";
    private const string Revoked = "token is revoked";

    private readonly Lock _lock = new();
    private readonly Pan123EmulatorOptions _options;
    private readonly List<IssuedToken> _live = [];
    private readonly Dictionary<string, string> _refusals = [];

    internal EmulatedTokens(Pan123EmulatorOptions options) => _options = options;

    /// <summary>How many tokens have been issued so far, whatever became of them.</summary>
    public int IssuedCount
    {
        get
        {
            lock (_lock)
            {
                return _live.Count + _refusals.Count;
            }
        }
    }

    /// <summary>The tokens that are live now, the oldest first: a copy.</summary>
    public IReadOnlyList<string> Live
    {
        get
        {
            lock (_lock)
            {
                EndExpired();
                return [.. _live.Select(token => token.AccessToken)];
            }
        }
    }

    /// <summary>Ends a token before its time: from now on it is answered with code 401.</summary>
    /// <param name="accessToken">The token; any text.</param>
    /// <returns>Whether it was live.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="accessToken"/> is null.</exception>
    public bool Revoke(string accessToken)
    {
        ArgumentNullException.ThrowIfNull(accessToken);
        lock (_lock)
        {
            EndExpired();
            return End(token => token.AccessToken == accessToken, Revoked) > 0;
        }
    }

    /// <summary>Ends all live tokens before their time: from now on they are answered with code 401.</summary>
    /// <returns>How many were live.</returns>
    public int RevokeAll()
    {
        lock (_lock)
        {
            EndExpired();
            return End(_ => true, Revoked);
        }
    }

    /// <summary>Issues a token, and signs the oldest one out if there are too many now.</summary>
    internal IssuedToken Issue()
    {
        lock (_lock)
        {
            EndExpired();
            if (_live.Count == _options.MaxLiveAccessTokens)
            {
                var oldest = _live[0];
                End(token => token == oldest, SignedOut);
            }

            var expiresAt = RoundUpToSeconds(_options.TimeProvider.GetUtcNow() + _options.AccessTokenLifetime);
            var issued = new IssuedToken(NewAccessToken(), expiresAt);
            _live.Add(issued);
            return issued;
        }
    }

    /// <summary>Tells whether a token is live.</summary>
    /// <param name="accessToken">The token; any text.</param>
    /// <param name="refusal">Why it is live no more; null if it is live, or was never issued.</param>
    internal bool IsLive(string accessToken, out string? refusal)
    {
        lock (_lock)
        {
            EndExpired();
            refusal = _refusals.GetValueOrDefault(accessToken);
            return _live.Exists(token => token.AccessToken == accessToken);
        }
    }

    private static string NewAccessToken() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    // The answer tells whole seconds, and is to tell the truth.
    private static DateTimeOffset RoundUpToSeconds(DateTimeOffset time)
    {
        var fraction = time.Ticks % TimeSpan.TicksPerSecond;
        return fraction == 0 ? time : time.AddTicks(TimeSpan.TicksPerSecond - fraction);
    }

    private void EndExpired()
    {
        var now = _options.TimeProvider.GetUtcNow();
        End(token => token.ExpiresAt <= now, Expired);
    }

    private int End(Predicate<IssuedToken> match, string refusal)
    {
        foreach (var token in _live.FindAll(match))
        {
            _refusals.Add(token.AccessToken, refusal);
        }

        return _live.RemoveAll(match);
    }
}
