using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>A distributed cache that does not respond: it costs a renewal two seconds, once, and no call.</summary>
public sealed class HungCacheTests() : EmulatorFixture(1, 2)
{
    private const string ReadFailed = "The distributed cache could not be asked for the access token";
    private const string WriteFailed = "The access token could not be put into the distributed cache";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly WaitedClock _clock = new();
    private readonly HangingCache _cache = new();
    private readonly LogRecorder _logs = new();

    [TearDown]
    public void EndAccesses()
    {
        _cache.Dispose();
        _logs.Dispose();
    }

    // The accesses of a renewal are: read the token, read the claim, claim, read both again, write the token, remove the claim.
    [Test]
    public async Task A_cache_that_hangs_costs_one_wait_and_no_call([Values(1, 2, 3, 4, 5, 6, 7)] int access, [Values] HowItHangs how)
    {
        _cache.HangIn(access, how);
        using var client = CreateClient();

        var call = client.DeleteFilesAsync([1]);
        await ReachHangAsync(access);
        _clock.Advance(Limit - TimeSpan.FromTicks(1));
        var wasPatient = !call.IsCompleted;
        _clock.Advance(TimeSpan.FromTicks(1));
        await call.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Multiple(() =>
        {
            Assert.That((wasPatient, Emulator.Tokens.IssuedCount, _cache.Accesses), Is.EqualTo((true, 1, access)));
            Assert.That(_logs.Text.Split('\n').Count(line => line.Contains(access < 6 ? ReadFailed : WriteFailed, StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(_logs.Text, Does.Contain("The distributed cache did not respond within 2 seconds.").And.Not.Contains(access < 6 ? WriteFailed : ReadFailed));
        });
    }

    [Test]
    public async Task The_next_renewal_asks_a_cache_that_has_recovered()
    {
        _cache.HangIn(access: 1, HowItHangs.Deaf);
        using var client = CreateClient();
        var call = client.DeleteFilesAsync([1]);
        await ReachHangAsync(access: 1);
        _clock.Advance(Limit);
        await call;
        Emulator.Tokens.RevokeAll();

        var next = client.DeleteFilesAsync([2]);
        await _clock.WaitedForAsync(Moment);
        _clock.Advance(Moment);
        await next.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.That((Emulator.Tokens.IssuedCount, _cache.Token), Is.EqualTo((2, Emulator.Tokens.Live.Single(token => token != Emulator.AccessToken))));
    }

    [Test]
    public async Task An_access_that_heeds_its_cancellation_is_told_that_nobody_waits()
    {
        _cache.HangIn(access: 1, HowItHangs.Heedful);
        using var client = CreateClient();

        var call = client.DeleteFilesAsync([1]);
        await ReachHangAsync(access: 1);
        _clock.Advance(Limit);
        await call;

        Assert.That(() => _cache.Hung.IsCanceled, Is.True.After(10_000, 10));
    }

    [Test]
    public async Task A_healthy_cache_leaves_no_timer_behind()
    {
        var clock = new CountingClock();
        using var client = CreateClient(clock);

        var call = client.DeleteFilesAsync([1]);
        await clock.WaitedForAsync(Moment);
        clock.Advance(Moment);
        await call;

        Assert.That((_cache.Accesses, clock.LiveTimers), Is.EqualTo((7, 0)));
    }

    // Reported are the unobserved failures of the whole process, so it is known by its message.
    [Test]
    public async Task A_failure_after_the_wait_is_not_reported_as_unobserved()
    {
        const string Late = "canary of a late failure";
        var reported = new ConcurrentQueue<string>();
        void Report(object? sender, UnobservedTaskExceptionEventArgs unobserved) => reported.Enqueue(unobserved.Exception.ToString());
        TaskScheduler.UnobservedTaskException += Report;

        try
        {
            await HangAndFailAsync(Late);
            for (var times = 0; times < 5; times++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                await Task.Delay(20);
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Report;
        }

        Assert.That(reported, Has.None.Contains(Late));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task HangAndFailAsync(string message)
    {
        using var cache = new HangingCache();
        cache.HangIn(access: 1, HowItHangs.Deaf);
        using var client = CreateClient(cache: cache);
        var call = client.DeleteFilesAsync([1]);
        await cache.Reached;
        await _clock.WaitedForAsync(Limit);
        _clock.Advance(Limit);
        await call;
        cache.Fail(new IOException(message));
    }

    private async Task ReachHangAsync(int access)
    {
        if (access > 3)
        {
            await _clock.WaitedForAsync(Moment);
            _clock.Advance(Moment);
        }

        await _cache.Reached;

        // Each access has its limit, those that were not long too.
        await _clock.WaitedForAsync(Limit, times: access);
    }

    private StandalonePan123Client CreateClient(TimeProvider? clock = null, IDistributedCache? cache = null) => Pan123Client.Create(
        new Pan123ClientOptions
        {
            BaseAddress = Emulator.BaseAddress,
            ClientId = Pan123EmulatorOptions.DefaultClientId,
            ClientSecret = Pan123EmulatorOptions.DefaultClientSecret,
            MaxRetries = 0,
            RequestsPerSecond = null,
        },
        builder => builder.Services
            .AddSingleton(clock ?? _clock)
            .AddSingleton(cache ?? _cache)
            .AddLogging(logging => logging.AddProvider(_logs)));
}

/// <summary>How a cache does not respond.</summary>
public enum HowItHangs
{
    /// <summary>Until it is cancelled.</summary>
    Heedful,

    /// <summary>Whatever is cancelled.</summary>
    Deaf,

    /// <summary>With its caller's thread.</summary>
    Blocking,
}

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

/// <summary>A clock that stands still and knows how many timers are not disposed of.</summary>
internal sealed class CountingClock : TimeProvider
{
    private readonly WaitedClock _clock = new();
    private int _liveTimers;

    public int LiveTimers => _liveTimers;

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public Task WaitedForAsync(TimeSpan wait) => _clock.WaitedForAsync(wait);

    public void Advance(TimeSpan time) => _clock.Advance(time);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _liveTimers);
        return new CountedTimer(this, _clock.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class CountedTimer(CountingClock clock, ITimer timer) : ITimer
    {
        private int _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                Interlocked.Decrement(ref clock._liveTimers);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
