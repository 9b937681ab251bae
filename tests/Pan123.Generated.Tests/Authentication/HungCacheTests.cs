using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>A distributed cache that does not respond: it costs a renewal two seconds, once, and no call.</summary>
public sealed class HungCacheTests() : EmulatorFixture(1, 2)
{

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
            Assert.That(
                _logs.Events.Select(each => each.EventId).Where(eventId => eventId is LogEvent.CacheNotRead or LogEvent.CacheNotWritten),
                Is.EqualTo([access < 6 ? LogEvent.CacheNotRead : LogEvent.CacheNotWritten]));
            Assert.That(_logs.Text, Does.Contain("System.TimeoutException"));
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

        Assert.That((Emulator.Tokens.IssuedCount, _cache.Token), Is.EqualTo((2, Emulator.Tokens.Active.Single(token => token != Emulator.AccessToken))));
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
