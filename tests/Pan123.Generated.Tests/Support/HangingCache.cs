using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;

namespace Pan123.Tests;

/// <summary>A cache that hangs in one of its accesses, counted from 1.</summary>
internal sealed class HangingCache : IDistributedCache, IDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _entries = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _accesses;
    private int _hangsIn;
    private HowItHangs _how;

    public int Accesses => _accesses;

    /// <summary>Completes when the access has begun that hangs.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>The access that hangs.</summary>
    public Task Hung => _hung.Task;

    /// <summary>The token that it keeps; null for none.</summary>
    public string? Token => _entries.SingleOrDefault(entry => !IsClaim(entry.Key)).Value is { } entry ? Encoding.UTF8.GetString(entry).Split(' ')[1] : null;

    /// <summary>Whether there is a claim.</summary>
    public bool IsClaimed => _entries.Keys.Any(IsClaim);

    /// <summary>Whose claim it is in any case; null for that of whoever claims.</summary>
    public string? Claimant { get; init; }

    public void HangIn(int access, HowItHangs how) => (_hangsIn, _how) = (access, how);

    public void Fail(Exception failure) => _hung.SetException(failure);

    // A thread of the pool is not to be kept for good.
    public void Dispose() => _hung.TrySetResult();

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        await AccessAsync(token);
        return IsClaim(key) && Claimant is not null ? Encoding.UTF8.GetBytes(Claimant) : _entries.GetValueOrDefault(key);
    }

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        await AccessAsync(token);
        _entries[key] = value;
    }

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        await AccessAsync(token);
        _entries.TryRemove(key, out _);
    }

    public byte[]? Get(string key) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    private static bool IsClaim(string key) => key.EndsWith(":Claim", StringComparison.Ordinal);

    private static void Block(Task task) => task.Wait();

    private async Task AccessAsync(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (Interlocked.Increment(ref _accesses) != _hangsIn)
        {
            return;
        }

        _reached.SetResult();
        switch (_how)
        {
            case HowItHangs.Blocking:
                Block(_hung.Task);
                break;
            case HowItHangs.Heedful:
                await using (token.Register(() => _hung.TrySetCanceled(token)))
                {
                    await _hung.Task;
                }

                break;
            default:
                await _hung.Task;
                break;
        }
    }
}
