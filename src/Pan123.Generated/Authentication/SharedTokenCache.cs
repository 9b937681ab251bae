using System.Globalization;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pan123;

/// <summary>
/// Shares access tokens between processes through the application's distributed cache, if it has one. A cache that fails costs one more
/// token, never a call: what goes wrong with it is logged.
/// </summary>
internal sealed partial class SharedTokenCache(
    IOptions<Pan123ClientOptions> options, ILogger<SharedTokenCache> logger, IDistributedCache? cache = null)
{
    // Expiry, a blank, token: neither of them has a blank in it.
    private const char Separator = ' ';

    private string Key => $"Pan123:AccessToken:{options.Value.BaseAddress.Authority}:{options.Value.ClientId}";

    public async Task<AccessToken?> ReadAsync()
    {
        if (cache is null)
        {
            return null;
        }

        try
        {
            return await cache.GetStringAsync(Key).ConfigureAwait(false) is { } entry ? Parse(entry) : null;
        }
#pragma warning disable CA1031 // Whatever the application's cache throws, the files can be deleted without it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            ReadFailed(failure);
            return null;
        }
    }

    public async Task WriteAsync(AccessToken accessToken)
    {
        if (cache is null)
        {
            return;
        }

        try
        {
            var entry = string.Format(CultureInfo.InvariantCulture, "{0:O}{1}{2}", accessToken.ExpiresAt, Separator, accessToken.Value);
            await cache.SetStringAsync(Key, entry, new DistributedCacheEntryOptions { AbsoluteExpiration = accessToken.ExpiresAt }).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            WriteFailed(failure);
        }
    }

    private static AccessToken? Parse(string entry)
    {
        var parts = entry.Split(Separator);
        return parts.Length == 2 && DateTimeOffset.TryParseExact(parts[0], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expiresAt)
            && AccessToken.FindProblem(parts[1]) is null
            ? new AccessToken(parts[1], expiresAt)
            : null;
    }

    [LoggerMessage(1, LogLevel.Warning, "The distributed cache could not be asked for the access token, so a new one is issued.")]
    private partial void ReadFailed(Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "The access token could not be put into the distributed cache, so other processes issue their own.")]
    private partial void WriteFailed(Exception failure);
}
