using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pan123;

/// <summary>
/// Issues a token for the client credentials and keeps it until shortly before it expires. The service signs a token out when three
/// newer ones were issued, and limits how often it issues: so one issue serves all callers, and fails them all when it fails.
/// </summary>
/// <remarks>
/// Not HybridCache: it wants to know how long a value holds before it is made, and a token tells only when it is there; and it cannot
/// replace a value only if it is still the refused one, without which callers would renew one another's tokens.
/// </remarks>
internal sealed partial class ClientCredentialsTokenProvider(
    IHttpClientFactory httpClientFactory,
    IOptions<Pan123ClientOptions> options,
    TimeProvider timeProvider,
    SharedTokenCache sharedCache,
    Pan123Telemetry telemetry,
    SafeLogger<ClientCredentialsTokenProvider> logger)
    : IAccessTokenProvider, IDisposable
{
    // A token that lives as long was signed out by chance, and not by a crowd.
    private static readonly TimeSpan SettledAge = TimeSpan.FromMinutes(10);

    // The first is renewed at once.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly object _lock = new();

#pragma warning disable CA2213 // It has no timer, so there is nothing to dispose of, and its token is asked for afterwards too.
    private readonly CancellationTokenSource _disposal = new();
#pragma warning restore CA2213
    private AccessToken? _current;
    private DateTimeOffset _renewAt;
    private long _since;
    private TimeSpan? _delayAfterSignOut;
    private Task<AccessToken>? _renewal;

    public async ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? refused, CancellationToken cancellationToken)
    {
        Task<AccessToken> renewal;
        lock (_lock)
        {
            if (_current is { } current && current.Value != refused?.Value && timeProvider.GetUtcNow() < _renewAt)
            {
                return current;
            }

            renewal = _renewal ??= Task.Run(() => RenewAsync(refused?.Value, _current?.Value), _disposal.Token);
        }

        // A caller that gives up leaves the others their token.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposal.Token);
        try
        {
            return await renewal.WaitAsync(waiting.Token).ConfigureAwait(false);
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

    private async Task<AccessToken> RenewAsync(string? refused, string? outgoing)
    {
        try
        {
            // Another process may have issued one since.
            var accessToken = await sharedCache.GetOrIssueAsync(
                shared => shared.Value != refused && shared.Value != outgoing && shared.ExpiresAt > timeProvider.GetUtcNow(),
                () => IssueAsync(isSignedOut: refused is not null && refused == outgoing),
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

    private async Task<AccessToken> IssueAsync(bool isSignedOut)
    {
        if (isSignedOut && DelayAfterSignOut() is { Ticks: > 0 } delay)
        {
            SignedOutAgain(delay);
            await Task.Delay(delay, timeProvider, _disposal.Token).ConfigureAwait(false);
        }

        using var httpClient = httpClientFactory.CreateClient(Pan123HttpClient.Name);
        using var issue = telemetry.StartTokenRequest();
        var accessToken = await new TokenClient(httpClient, telemetry).IssueAsync(options.Value, _disposal.Token).ConfigureAwait(false);
        issue.Succeeded(accessToken.ExpiresAt);
        return accessToken;
    }

    // Four programs that share nothing cannot all hold one of three live tokens. If each issued another as soon as its own is signed out,
    // every call of every one would cost a token; so each waits the longer, the more often that happens to it, and the others get on.
    private TimeSpan DelayAfterSignOut()
    {
        var isSettled = timeProvider.GetElapsedTime(_since) >= SettledAge;
        _delayAfterSignOut = (isSettled, _delayAfterSignOut) switch
        {
            (true, _) or (_, null) => TimeSpan.Zero,
            (_, { Ticks: 0 }) => FirstDelay,
            (_, { } last) => last + last < LongestDelay ? last + last : LongestDelay,
        };
        return _delayAfterSignOut.Value;
    }

    // However short the token lives, and whatever the clocks say: no call may issue another token each time.
    private DateTimeOffset RenewAt(DateTimeOffset expiresAt)
    {
        var lifetime = expiresAt - timeProvider.GetUtcNow();
        if (lifetime <= TimeSpan.Zero)
        {
            // Expired when it was issued: one of the two clocks is wrong, so the service's refusal decides.
            return DateTimeOffset.MaxValue;
        }

        var halfLife = TimeSpan.FromTicks(lifetime.Ticks / 2);
        var margin = options.Value.AccessTokenRenewalMargin;
        return expiresAt - (margin < halfLife ? margin : halfLife);
    }

    [LoggerMessage(4, LogLevel.Warning, "The access token was signed out again: more programs than the service keeps tokens for seem to use this client ID. The next one is issued in {Delay}.")]
    private partial void SignedOutAgain(TimeSpan delay);

    /// <summary>Reaches the generated operation, which is private protected.</summary>
    private sealed class TokenClient(HttpClient httpClient, Pan123Telemetry telemetry) : Pan123Client(httpClient, telemetry)
    {
        public async Task<AccessToken> IssueAsync(Pan123ClientOptions options, CancellationToken cancellationToken)
        {
            try
            {
                var response = await IssueAccessTokenCoreAsync(
                    new IssueAccessTokenRequest { ClientId = options.ClientId!, ClientSecret = options.ClientSecret! }, cancellationToken).ConfigureAwait(false);
                return response.Data is { } issued
                    ? new AccessToken(issued.AccessToken, issued.ExpiredAt)
                    : throw new ArgumentException("The service gave none with its 'ok'.");
            }
            catch (Exception failure) when (failure is Pan123Exception or ArgumentException)
            {
                // Of the files that are waiting for it, this is all there is to say.
                throw new Pan123NotSentException($"no access token could be had. {failure.Message}", failure);
            }
        }
    }
}
