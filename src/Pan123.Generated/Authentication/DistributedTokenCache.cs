using Microsoft.Extensions.Caching.Distributed;

namespace Pan123;

/// <summary>
/// Shares access tokens between processes through the application's distributed cache, if it has one. A failure of the cache is logged; it
/// costs one more token, never a call.
/// </summary>
/// <remarks>
/// Such a cache has no lock. So a process that is about to request a token writes a claim, and checks a moment later whether the claim is
/// still its own: of the processes that start in the same instant, the last one requests a token, and the others wait for it.
/// </remarks>
internal sealed partial class DistributedTokenCache(
    Pan123ClientOptions options, TimeProvider timeProvider, SafeLogger<DistributedTokenCache> logger, IDistributedCache? cache = null)
{
    // An entry is the expiry, a blank and the token; neither of them contains a blank.
    private const char Separator = ' ';

    // Longer than the cache takes to respond.
    private static readonly TimeSpan ClaimPollInterval = TimeSpan.FromMilliseconds(100);

    // For a cache that hangs; the same renewal does not read from it again.
    private static readonly TimeSpan AccessTimeout = TimeSpan.FromSeconds(2);

    // In case a process dies before it removes its claim.
    private static readonly TimeSpan ClaimLifetime = TimeSpan.FromSeconds(30);

    private string Key => $"Pan123:AccessToken:{options.BaseAddress.Authority}:{options.ClientId}";

    private string ClaimKey => $"{Key}:Claim";

    public async Task<AccessToken> GetOrRequestAsync(Func<AccessToken, bool> isUsable, Func<Task<AccessToken>> requestAsync, CancellationToken cancellationToken)
    {
        if (cache is null)
        {
            return await requestAsync().ConfigureAwait(false);
        }

        try
        {
            if (await FindOrClaimAsync(cache, isUsable, cancellationToken).ConfigureAwait(false) is { } shared)
            {
                return shared;
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // A dead cache can take seconds to fail, so this renewal does not use it again.
            LogReadFailed(failure);
            return await requestAsync().ConfigureAwait(false);
        }

        AccessToken? issued = null;
        try
        {
            return issued = await requestAsync().ConfigureAwait(false);
        }
        finally
        {
            await EndClaimAsync(cache, issued, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>A token of another process; null if this process is to request one.</returns>
    private async Task<AccessToken?> FindOrClaimAsync(IDistributedCache cache, Func<AccessToken, bool> isUsable, CancellationToken cancellationToken)
    {
        var claim = Guid.NewGuid().ToString("N");
        var isClaimed = false;
        var started = timeProvider.GetTimestamp();
        while (true)
        {
            var entry = await AccessAsync(token => cache.GetStringAsync(Key, token), cancellationToken).ConfigureAwait(false);
            if (entry is not null && Parse(entry) is { } shared && isUsable(shared))
            {
                return shared;
            }

            // Ours, or lost by the cache; or held too long, since not every cache honors expiration.
            var holder = await AccessAsync(token => cache.GetStringAsync(ClaimKey, token), cancellationToken).ConfigureAwait(false);
            if (holder == claim || (holder is null && isClaimed) || timeProvider.GetElapsedTime(started) > ClaimLifetime)
            {
                return null;
            }

            if (holder is null)
            {
                var lifetime = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = ClaimLifetime };
                await WriteAsync(token => cache.SetStringAsync(ClaimKey, claim, lifetime, token), cancellationToken).ConfigureAwait(false);
                isClaimed = true;
            }

            await Task.Delay(ClaimPollInterval, timeProvider, cancellationToken).ConfigureAwait(false);
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
                await WriteAsync(token => cache.SetStringAsync(Key, entry, lifetime, token), cancellationToken).ConfigureAwait(false);
            }

            // Also if the client was disposed meanwhile: otherwise other processes would wait for this claim.
            await WriteAsync(token => cache.RemoveAsync(ClaimKey, token), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The token is valid nevertheless.
            LogWriteFailed(failure);
        }
    }

    private Task<bool> WriteAsync(Func<CancellationToken, Task> writeAsync, CancellationToken cancellationToken) => AccessAsync(
        async token =>
        {
            await writeAsync(token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Accesses the cache on the thread pool, since not every cache is really asynchronous, and with a timeout.</summary>
    /// <exception cref="TimeoutException">The cache took too long.</exception>
    [SuppressMessage("Performance", "CA1849", Justification = "Not CancelAsync, which .NET Standard lacks.")]
    private async Task<T> AccessAsync<T>(Func<CancellationToken, Task<T>> accessAsync, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = ending.Token;
        var access = Task.Run(() => accessAsync(token), CancellationToken.None);
        try
        {
            return await access.WaitAsync(AccessTimeout, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ending.Cancel();
            access.Abandon();
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

    [LoggerMessage(1, LogLevel.Warning, "The access token could not be read from the distributed cache, so a new one is requested.")]
    private partial void LogReadFailed(Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "The access token could not be written to the distributed cache, so other processes request their own.")]
    private partial void LogWriteFailed(Exception failure);
}
