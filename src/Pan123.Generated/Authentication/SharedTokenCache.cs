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

    // For a cache that hangs. Nothing more is asked of it in the same renewal.
    private static readonly TimeSpan AccessTimeout = TimeSpan.FromSeconds(2);

    // For the case that a process dies with its claim.
    private static readonly TimeSpan ClaimLifetime = TimeSpan.FromSeconds(30);

    private string Key => $"Pan123:AccessToken:{options.Value.BaseAddress.Authority}:{options.Value.ClientId}";

    private string ClaimKey => $"{Key}:Claim";

    public async Task<AccessToken> GetOrIssueAsync(Func<AccessToken, bool> isUsable, Func<Task<AccessToken>> issueAsync, CancellationToken cancellationToken)
    {
        if (cache is null)
        {
            return await issueAsync().ConfigureAwait(false);
        }

        try
        {
            if (await FindOrClaimAsync(cache, isUsable, cancellationToken).ConfigureAwait(false) is { } shared)
            {
                return shared;
            }
        }
#pragma warning disable CA1031 // Whatever the application's cache throws, the files can be deleted without it.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
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
            await EndClaimAsync(cache, issued, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>A token of another process; null when it is this one's turn to issue.</returns>
    private async Task<AccessToken?> FindOrClaimAsync(IDistributedCache cache, Func<AccessToken, bool> isUsable, CancellationToken cancellationToken)
    {
        var claim = Guid.NewGuid().ToString("N");
        var isClaimed = false;
        var started = timeProvider.GetTimestamp();
        while (true)
        {
            if (await ReadAsync(cache, Key, cancellationToken).ConfigureAwait(false) is { } entry && Parse(entry) is { } shared && isUsable(shared))
            {
                return shared;
            }

            // Its own, or lost by the cache; and no other's for ever, since not every cache keeps to the time that it is told.
            var holder = await ReadAsync(cache, ClaimKey, cancellationToken).ConfigureAwait(false);
            if (holder == claim || (holder is null && isClaimed) || timeProvider.GetElapsedTime(started) > ClaimLifetime)
            {
                return null;
            }

            if (holder is null)
            {
                var lifetime = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = ClaimLifetime };
                await AccessAsync(token => cache.SetStringAsync(ClaimKey, claim, lifetime, token), cancellationToken).ConfigureAwait(false);
                isClaimed = true;
            }

            await Task.Delay(Moment, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EndClaimAsync(IDistributedCache cache, AccessToken? issued, CancellationToken cancellationToken)
    {
        try
        {
            if (issued is not null)
            {
                var entry = string.Format(CultureInfo.InvariantCulture, "{0:O}{1}{2}", issued.ExpiresAt, Separator, issued.Value);
                var lifetime = new DistributedCacheEntryOptions { AbsoluteExpiration = issued.ExpiresAt };
                await AccessAsync(token => cache.SetStringAsync(Key, entry, lifetime, token), cancellationToken).ConfigureAwait(false);
            }

            // Also when the client was disposed of meanwhile: other processes would wait for this one.
            await AccessAsync(token => cache.RemoveAsync(ClaimKey, token), CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            WriteFailed(failure);
        }
    }

    private async Task<string?> ReadAsync(IDistributedCache cache, string key, CancellationToken cancellationToken)
    {
        string? entry = null;
        await AccessAsync(async token => entry = await cache.GetStringAsync(key, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return entry;
    }

    /// <summary>Accesses the cache from the pool, since not every cache gives the thread back, and waits only so long for it.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    private async Task AccessAsync(Func<CancellationToken, Task> accessAsync, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = ending.Token;
        var access = Task.Run(() => accessAsync(token), CancellationToken.None);
        var first = await Task.WhenAny(access, Task.Delay(AccessTimeout, timeProvider, token)).ConfigureAwait(false);

#pragma warning disable CA1849 // Not CancelAsync, which .NET Standard lacks. It ends the other of the two: the timer or the access.
        ending.Cancel();
#pragma warning restore CA1849
        if (first == access)
        {
            await access.ConfigureAwait(false);
            return;
        }

        access.Abandon();
        cancellationToken.ThrowIfCancellationRequested();
        throw new TimeoutException($"The distributed cache did not respond within {AccessTimeout.TotalSeconds} seconds.");
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
