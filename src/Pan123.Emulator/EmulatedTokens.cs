using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Pan123.Emulator;

/// <summary>
/// The access tokens that a <see cref="Pan123Emulator"/> has issued at <c>POST /api/v1/access_token</c>. The fixed
/// <see cref="Pan123EmulatorOptions.AccessToken"/> is not among them, and cannot be revoked.
/// </summary>
/// <remarks>
/// A token is active until it expires, too many newer ones were issued, or it is revoked. From then on, requests with it are rejected with
/// code 401. All members are thread-safe.
/// </remarks>
public sealed class EmulatedTokens
{
    // The first two are messages of the service. A message for a revoked token is not known.
    private const string Expired = "token is expired";
    private const string Superseded = "tokens number has exceeded the limit";
    private const string Revoked = "token is revoked";

    private readonly Lock _lock = new();
    private readonly Pan123EmulatorOptions _options;
    private readonly List<IssuedToken> _active = [];
    private readonly Dictionary<string, string> _rejections = [];

    internal EmulatedTokens(Pan123EmulatorOptions options) => _options = options;

    /// <summary>The number of tokens issued so far, including those that are no longer active.</summary>
    public int IssuedCount
    {
        get
        {
            lock (_lock)
            {
                return _active.Count + _rejections.Count;
            }
        }
    }

    /// <summary>The tokens that are active now, the oldest first: a copy.</summary>
    public IReadOnlyList<string> Active
    {
        get
        {
            lock (_lock)
            {
                EndExpired();
                return [.. _active.Select(token => token.AccessToken)];
            }
        }
    }

    /// <summary>Revokes a token: from now on, requests with it are rejected with code 401.</summary>
    /// <param name="accessToken">The token; any text.</param>
    /// <returns>Whether it was active.</returns>
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

    /// <summary>Revokes all active tokens: from now on, requests with them are rejected with code 401.</summary>
    /// <returns>The number of tokens that were active.</returns>
    public int RevokeAll()
    {
        lock (_lock)
        {
            EndExpired();
            return End(_ => true, Revoked);
        }
    }

    /// <summary>Issues a token, and invalidates the oldest one if too many are active now.</summary>
    internal IssuedToken Issue()
    {
        lock (_lock)
        {
            EndExpired();
            if (_active.Count == _options.MaxActiveAccessTokens)
            {
                var oldest = _active[0];
                End(token => token == oldest, Superseded);
            }

            var expiresAt = RoundUpToSeconds(_options.TimeProvider.GetUtcNow() + _options.AccessTokenLifetime);
            var issued = new IssuedToken(NewAccessToken(), expiresAt);
            _active.Add(issued);
            return issued;
        }
    }

    /// <summary>Whether a token is active.</summary>
    /// <param name="accessToken">The token; any text.</param>
    /// <param name="rejection">Why it is no longer active; null if it is active, or was never issued.</param>
    internal bool IsActive(string accessToken, out string? rejection)
    {
        lock (_lock)
        {
            EndExpired();
            rejection = _rejections.GetValueOrDefault(accessToken);
            return _active.Exists(token => token.AccessToken == accessToken);
        }
    }

    // Three parts like a JWT, as the platform's tokens have, which neither the emulator nor a client reads. The last part is random, and
    // not a signature.
    private static string NewAccessToken()
    {
        var payload = $$"""{"jti":"{{RandomNumberGenerator.GetHexString(32, lowercase: true)}}"}""";
        return $"{Encode("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Encode(Encoding.UTF8.GetBytes(payload))}.{Encode(RandomNumberGenerator.GetBytes(32))}";

        static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
    }

    // The response has whole seconds, and the token must not expire before the time it states.
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

    private int End(Predicate<IssuedToken> match, string rejection)
    {
        foreach (var token in _active.FindAll(match))
        {
            _rejections.Add(token.AccessToken, rejection);
        }

        return _active.RemoveAll(match);
    }
}
