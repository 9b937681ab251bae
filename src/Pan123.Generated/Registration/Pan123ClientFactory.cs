namespace Pan123;

/// <summary>
/// Creates clients whose requests pass the handlers of the default client, and keeps the accounts that were used recently.
/// </summary>
internal sealed class Pan123ClientFactory(
    IServiceProvider services, IHttpClientFactory httpClientFactory, AccountRegistry registry, TimeProvider timeProvider) : IPan123ClientFactory, IDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromHours(1);

    private readonly Dictionary<(string Name, string? ClientId, string? ClientSecret), (Account Account, long UsedAt)> _accounts = [];
    private ITimer? _timer;
    private bool _isDisposed;

    public IPan123Client CreateClient(string account, IAccessTokenProvider accessTokenProvider)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(account);
        ArgumentNullException.ThrowIfNull(accessTokenProvider);
        return Create(() => (Use(account), accessTokenProvider));
    }

    public IPan123Client CreateClient(string account, string clientId, string clientSecret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(account);
        ArgumentException.ThrowIfNullOrWhiteSpace(clientId);
        ArgumentException.ThrowIfNullOrWhiteSpace(clientSecret);
        return Create(() =>
        {
            var used = Use(account, clientId, clientSecret);
            return (used, used.ClientCredentials);
        });
    }

    public void Dispose()
    {
        lock (_accounts)
        {
            _isDisposed = true;
            _timer?.Dispose();
            foreach (var (account, _) in _accounts.Values)
            {
                account.Dispose();
            }
        }
    }

    private Pan123Client Create(Func<(Account, IAccessTokenProvider?)> getAccount) => new(httpClientFactory.CreateClient(Pan123HttpPipeline.GetName("")), getAccount);

    /// <summary>
    /// Finds or creates an account for each call, so that a client works after its account was forgotten, and no account has two limits.
    /// </summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "An account that was forgotten holds nothing to dispose of; the others are disposed with the factory.")]
    private Account Use(string name, string? clientId = null, string? clientSecret = null)
    {
        lock (_accounts)
        {
            if (_isDisposed)
            {
                throw new Pan123NotSentException("the client was disposed.");
            }

            var key = (name, clientId, clientSecret);
            var account = _accounts.TryGetValue(key, out var known) ? known.Account : Add();
            _accounts[key] = (account, timeProvider.GetTimestamp());
            return account;
        }

        Account Add()
        {
            var registered = registry.Get("");
            var options = new Pan123ClientOptions();
            registered.Options.CopyTo(options);
            (options.AccessToken, options.ClientId, options.ClientSecret) = (null, clientId, clientSecret);
            _timer ??= timeProvider.CreateTimer(static factory => ((Pan123ClientFactory)factory!).ForgetIdle(), this, IdleTime, IdleTime);
            return new Account(name, registered, options, services);
        }
    }

    private void ForgetIdle()
    {
        lock (_accounts)
        {
            // No call lasts longer than its timeout, so none is in flight.
            foreach (var idle in _accounts.Where(used => timeProvider.GetElapsedTime(used.Value.UsedAt) > IdleTime + used.Value.Account.Options.TotalTimeout).ToList())
            {
                _accounts.Remove(idle.Key);
            }
        }
    }
}
