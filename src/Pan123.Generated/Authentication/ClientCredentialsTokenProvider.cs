namespace Pan123;

/// <summary>
/// Requests a token for the client credentials and keeps it until shortly before it expires. The service revokes a token when three
/// newer ones were issued, and limits how often it issues one: so one request serves all callers, and its failure fails them all.
/// </summary>
/// <remarks>
/// Not HybridCache: it needs the lifetime of a value before the value is created, but a token's is known only afterwards; and it cannot
/// replace a value on the condition that it is still the rejected one, without which callers would renew one another's tokens.
/// </remarks>
internal sealed partial class ClientCredentialsTokenProvider(
    IHttpClientFactory httpClientFactory,
    Account account,
    TimeProvider timeProvider,
    DistributedTokenCache distributedCache,
    SafeLogger<ClientCredentialsTokenProvider> logger)
    : IAccessTokenProvider, IDisposable
{
    // A token that lasted this long was not revoked by competing processes.
    private static readonly TimeSpan MinStableLifetime = TimeSpan.FromMinutes(10);

    // The first revoked token is replaced at once.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly object _lock = new();
    [SuppressMessage("Usage", "CA2213", Justification = "It has no timer, so there is nothing to dispose, and its token is used afterwards too.")]
    private readonly CancellationTokenSource _disposal = new();
    private AccessToken? _current;
    private DateTimeOffset _renewAt;
    private long _since;
    private TimeSpan? _delayAfterRevocation;
    private Task<AccessToken>? _renewal;

    public async ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken)
    {
        Task<AccessToken> renewal;
        lock (_lock)
        {
            if (_current is { } current && current.Value != rejectedToken?.Value && timeProvider.GetUtcNow() < _renewAt)
            {
                return current;
            }

            renewal = _renewal ??= Task.Run(() => RenewAsync(rejectedToken?.Value, _current?.Value), _disposal.Token);
        }

        // A caller that gives up does not cancel the renewal of the others.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposal.Token);
        try
        {
            return await renewal.WaitAsync(Timeout.InfiniteTimeSpan, timeProvider, waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            renewal.Abandon();
            if (_disposal.IsCancellationRequested)
            {
                throw new Pan123NotSentException("the client was disposed.", cancelled);
            }

            throw;
        }
    }

    /// <summary>Ends a renewal in flight, and every call that waits for it.</summary>
    public void Dispose() => _disposal.Cancel();

    private async Task<AccessToken> RenewAsync(string? rejected, string? expiring)
    {
        try
        {
            // Another process may have requested one since.
            var accessToken = await distributedCache.GetOrRequestAsync(
                shared => shared.Value != rejected && shared.Value != expiring && shared.ExpiresAt > timeProvider.GetUtcNow(),
                () => RequestAsync(isRevoked: rejected is not null && rejected == expiring),
                _disposal.Token).ConfigureAwait(false);

            lock (_lock)
            {
                (_current, _renewAt, _since) = (accessToken, RenewAt(accessToken.ExpiresAt!.Value), timeProvider.GetTimestamp());
            }

            return accessToken;
        }
        finally
        {
            // Whatever the result, the next call may try again.
            lock (_lock)
            {
                _renewal = null;
            }
        }
    }

    private async Task<AccessToken> RequestAsync(bool isRevoked)
    {
        if (isRevoked && NextDelay() is { Ticks: > 0 } delay)
        {
            LogRevokedAgain(delay);
            await Task.Delay(delay, timeProvider, _disposal.Token).ConfigureAwait(false);
        }

        using var httpClient = httpClientFactory.CreateClient(account.HttpClientName);
        AccessToken? accessToken = null;
        var activity = account.Telemetry.StartTokenRequest(account);
        try
        {
            return accessToken = await new TokenClient(httpClient, account).RequestAsync(account.Options, _disposal.Token).ConfigureAwait(false);
        }
        finally
        {
            account.Telemetry.EndTokenRequest(activity, accessToken);
        }
    }

    // Four programs that share no tokens cannot all hold one of the three valid ones. If each requested another as soon as its own is
    // revoked, every call would cost a token. So each backs off, longer with every token that is revoked, and the others proceed.
    private TimeSpan NextDelay()
    {
        var isStable = timeProvider.GetElapsedTime(_since) >= MinStableLifetime;
        _delayAfterRevocation = (isStable, _delayAfterRevocation) switch
        {
            (true, _) or (_, null) => TimeSpan.Zero,
            (_, { Ticks: 0 }) => FirstDelay,
            (_, { } last) => last + last < LongestDelay ? last + last : LongestDelay,
        };
        return _delayAfterRevocation.Value;
    }

    // Even if the lifetime is short or a clock is wrong, not every call may request another token.
    private DateTimeOffset RenewAt(DateTimeOffset expiresAt)
    {
        var lifetime = expiresAt - timeProvider.GetUtcNow();
        if (lifetime <= TimeSpan.Zero)
        {
            // Expired when it was issued: one of the two clocks is wrong, so the token is used until the service rejects it.
            return DateTimeOffset.MaxValue;
        }

        var halfLife = TimeSpan.FromTicks(lifetime.Ticks / 2);
        var margin = account.Options.AccessTokenRenewalMargin;
        return expiresAt - (margin < halfLife ? margin : halfLife);
    }

    [LoggerMessage(4, LogLevel.Warning, "The access token was revoked again: more than three processes seem to use this client ID without a shared cache. Requesting the next one in {Delay}.")]
    private partial void LogRevokedAgain(TimeSpan delay);

    /// <summary>Gives access to the generated operation, which is private protected.</summary>
    private sealed class TokenClient(HttpClient httpClient, Account account) : Pan123Client(httpClient, account)
    {
        public async Task<AccessToken> RequestAsync(Pan123ClientOptions options, CancellationToken cancellationToken)
        {
            try
            {
                var request = new IssueAccessTokenRequest { ClientId = options.ClientId!, ClientSecret = options.ClientSecret! };
                var response = await IssueAccessTokenCoreAsync(request, cancellationToken).ConfigureAwait(false);
                var issued = response.Data ?? throw new ArgumentException("The service reported success but returned none.");
                return new AccessToken(issued.AccessToken, issued.ExpiredAt);
            }
            catch (Exception failure) when (failure is Pan123Exception or ArgumentException)
            {
                // For the files that wait for the token, this means that nothing was sent.
                throw new Pan123NotSentException($"no access token could be obtained. {failure.Message}", failure);
            }
        }
    }
}
