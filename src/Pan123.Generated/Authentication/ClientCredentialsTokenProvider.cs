namespace Pan123;

/// <summary>
/// Requests a token for the client credentials and keeps it until shortly before it expires. The service revokes a token when three
/// newer ones were issued, and limits how often it issues: so one request serves all callers, and fails them all when it fails.
/// </summary>
/// <remarks>
/// Not HybridCache: it wants to know how long a value holds before it is made, and a token tells only when it is there; and it cannot
/// replace a value only if it is still the rejected one, without which callers would renew one another's tokens.
/// </remarks>
internal sealed partial class ClientCredentialsTokenProvider(
    IHttpClientFactory httpClientFactory,
    IOptions<Pan123ClientOptions> options,
    TimeProvider timeProvider,
    DistributedTokenCache distributedCache,
    Pan123Telemetry telemetry,
    SafeLogger<ClientCredentialsTokenProvider> logger)
    : IAccessTokenProvider, IDisposable
{
    // A token that lasted this long was not revoked by competing processes.
    private static readonly TimeSpan MinStableLifetime = TimeSpan.FromMinutes(10);

    // The first is renewed at once.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly object _lock = new();
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

        // A caller that gives up leaves the others their token.
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
                throw new Pan123NotSentException("the client was disposed of.", cancelled);
            }

            throw;
        }
    }

    /// <summary>Ends a renewal in flight, and with it whoever waits for it.</summary>
    public void Dispose() => _disposal.Cancel();

    private async Task<AccessToken> RenewAsync(string? rejected, string? expiring)
    {
        try
        {
            // Another process may have got one since.
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
            // Whatever came of it, the next call may try again.
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

        using var httpClient = httpClientFactory.CreateClient(Pan123HttpPipeline.Name);
        return await new TokenClient(httpClient, telemetry).RequestAsync(options.Value, _disposal.Token).ConfigureAwait(false);
    }

    // Four programs that share nothing cannot all hold one of three live tokens. If each requested another as soon as its own is revoked,
    // every call of every one would cost a token; so each waits the longer, the more often that happens to it, and the others get on.
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

    // However short the token lives, and whatever the clocks say: no call may request another token each time.
    private DateTimeOffset RenewAt(DateTimeOffset expiresAt)
    {
        var lifetime = expiresAt - timeProvider.GetUtcNow();
        if (lifetime <= TimeSpan.Zero)
        {
            // Expired when it was issued: one of the two clocks is wrong, so the service's rejection decides.
            return DateTimeOffset.MaxValue;
        }

        var halfLife = TimeSpan.FromTicks(lifetime.Ticks / 2);
        var margin = options.Value.AccessTokenRenewalMargin;
        return expiresAt - (margin < halfLife ? margin : halfLife);
    }

    [LoggerMessage(4, LogLevel.Warning, "The access token was revoked again: more programs than the service keeps tokens for seem to use this client ID. The next one is requested in {Delay}.")]
    private partial void LogRevokedAgain(TimeSpan delay);

    /// <summary>Reaches the generated operation, which is private protected.</summary>
    private sealed class TokenClient(HttpClient httpClient, Pan123Telemetry telemetry) : Pan123Client(httpClient, telemetry)
    {
        private readonly Pan123Telemetry _telemetry = telemetry;

        public async Task<AccessToken> RequestAsync(Pan123ClientOptions options, CancellationToken cancellationToken)
        {
            AccessToken? accessToken = null;
            var activity = _telemetry.StartTokenRequest();
            try
            {
                var request = new IssueAccessTokenRequest { ClientId = options.ClientId!, ClientSecret = options.ClientSecret! };
                var response = await IssueAccessTokenCoreAsync(request, cancellationToken).ConfigureAwait(false);
                var issued = response.Data ?? throw new ArgumentException("The service gave none with its 'ok'.");
                return accessToken = new AccessToken(issued.AccessToken, issued.ExpiredAt);
            }
            catch (Exception failure) when (failure is Pan123Exception or ArgumentException)
            {
                // Of the files that are waiting for it, this is all there is to say.
                throw new Pan123NotSentException($"no access token could be had. {failure.Message}", failure);
            }
            finally
            {
                _telemetry.EndTokenRequest(activity, accessToken);
            }
        }
    }
}
