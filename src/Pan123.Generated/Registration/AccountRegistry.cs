using System.Collections.Concurrent;

namespace Pan123;

/// <summary>The accounts of the registered clients, by name.</summary>
internal sealed class AccountRegistry(IServiceProvider services) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Account>> _accounts = new(StringComparer.Ordinal);

    public Account Get(string name) => _accounts.GetOrAdd(name, key => new Lazy<Account>(() => new Account(key, services))).Value;

    public void Dispose()
    {
        foreach (var account in _accounts.Values.Where(account => account.IsValueCreated))
        {
            account.Value.Dispose();
        }
    }
}
