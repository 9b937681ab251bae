using System.Globalization;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pan123;

/// <summary>
/// Shares access tokens between processes through the application's distributed cache, if it has one. A cache that fails costs one more
/// token, never a call: what goes wrong with it is logged.
/// </summary>
/// <remarks>
/// Such a cache has no lock. So a process that is about to issue leaves a claim, and looks a moment later whether it is still its own: of
/// those that start in the same instant the last one issues, and the others wait for its token.
/// </remarks>
internal sealed partial class SharedTokenCache(
    IOptions<Pan123ClientOptions> options, TimeProvider timeProvider, SafeLogger<SharedTokenCache> logger, IDistributedCache? cache = null)
{
    // Expiry, a blank, token: neither of them has a blank in it.
    private const char Separator = ' ';

    // Longer than an answer of the cache takes.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    // For the case that a process dies with its claim.
    private static readonly TimeSpan ClaimLifetime = TimeSpan.FromSeconds(30);

    private string Key => $"Pan123:AccessToken:{options.Value.BaseAddress.Authority}:{options.Value.ClientId}";

    private string ClaimKey => $"{Key}:Claim";

    public async Task<AccessToken> GetOrIssueAsync(Func<AccessToken, bool> isUsable, Func<Task<AccessToken>> issueAsync)
    {
        if (cache is null)
        {
            return await issueAsync().ConfigureAwait(false);
        }

        try
        {
            if (await FindOrClaimAsync(cache, isUsable).ConfigureAwait(false) is { } shared)
            {
                return shared;
            }
        }
#pragma warning disable CA1031 // Whatever the application's cache throws, the files can be deleted without it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            // A dead cache can take seconds to say so, so it is not asked again.
            ReadFailed(failure);
            return await issueAsync().ConfigureAwait(false);
        }

        AccessToken? issued = null;
        try
        {
            return issued = await issueAsync().ConfigureAwait(false);
        }
        finally
        {
            await EndClaimAsync(cache, issued).ConfigureAwait(false);
        }
    }

    /// <returns>A token of another process; null when it is this one's turn to issue.</returns>
    private async Task<AccessToken?> FindOrClaimAsync(IDistributedCache cache, Func<AccessToken, bool> isUsable)
    {
        var claim = Guid.NewGuid().ToString("N");
        var isClaimed = false;
        var started = timeProvider.GetTimestamp();
        while (true)
        {
            if (await cache.GetStringAsync(Key).ConfigureAwait(false) is { } entry && Parse(entry) is { } shared && isUsable(shared))
            {
                return shared;
            }

            // Its own, or lost by the cache; and no other's for ever, since not every cache keeps to the time that it is told.
            var holder = await cache.GetStringAsync(ClaimKey).ConfigureAwait(false);
            if (holder == claim || (holder is null && isClaimed) || timeProvider.GetElapsedTime(started) > ClaimLifetime)
            {
                return null;
            }

            if (holder is null)
            {
                var lifetime = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = ClaimLifetime };
                await cache.SetStringAsync(ClaimKey, claim, lifetime).ConfigureAwait(false);
                isClaimed = true;
            }

            await Task.Delay(Moment, timeProvider, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task EndClaimAsync(IDistributedCache cache, AccessToken? issued)
    {
        try
        {
            if (issued is not null)
            {
                var entry = string.Format(CultureInfo.InvariantCulture, "{0:O}{1}{2}", issued.ExpiresAt, Separator, issued.Value);
                await cache.SetStringAsync(Key, entry, new DistributedCacheEntryOptions { AbsoluteExpiration = issued.ExpiresAt }).ConfigureAwait(false);
            }

            await cache.RemoveAsync(ClaimKey).ConfigureAwait(false);
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
