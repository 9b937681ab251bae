using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>The end of a client and of an application's container, with calls in flight too: it is prompt, and nothing stays behind.</summary>
public sealed class DisposalTests() : EmulatorFixture(FirstIds(10))
{
    // Longer than anything here takes, and shorter than what Polly would wait.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan PollOfPolly = TimeSpan.FromSeconds(1);

    // It stands still, so what waits for it waits for ever.
    private readonly WaitedClock _clock = new();

    [Test]
    public async Task Whatever_the_application_registered_is_disposed_of([Values] bool synchronously)
    {
        var provider = new AsynchronousProvider();
        var client = CreateClient(builder => builder.Services.AddSingleton<IAccessTokenProvider>(_ => provider));
        await Assert.ThrowsAsync<Pan123ApiException>(() => client.DeleteFilesAsync([1]));

        await DisposeAsync(client, synchronously);

        Assert.That(provider.Disposals, Is.EqualTo(1));
    }

    [Test]
    public async Task A_client_is_disposed_of_once_whoever_does_so_and_all_return_when_it_is_done()
    {
        var provider = new AsynchronousProvider();
        var client = CreateClient(builder => builder.Services.AddSingleton<IAccessTokenProvider>(_ => provider));

        var disposals = Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            await DisposeAsync(client, synchronously: number % 2 == 0);
            return provider.Disposals;
        }));

        Assert.That(await Task.WhenAll(disposals).WaitAsync(Soon), Is.All.EqualTo(1));
    }

    [Test]
    public async Task A_thread_with_a_context_that_it_runs_itself_can_dispose()
    {
        var client = CreateClient(builder => builder.Services.AddSingleton<IAccessTokenProvider>(_ => new AsynchronousProvider()));
        var disposed = new TaskCompletionSource();
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new IdleContext());
            client.Dispose();
            disposed.SetResult();
        })
        { IsBackground = true };

        thread.Start();

        await Assert.ThatAsync(() => disposed.Task.WaitAsync(Soon), Throws.Nothing);
    }

    [Test]
    public async Task A_request_that_is_not_responded_to_ends_at_once([Values] bool synchronously)
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders(), times: 4);
        var client = CreateClient();
        var calls = Enumerable.Range(1, 4).Select(id => client.DeleteFilesAsync([id])).ToList();
        await Emulator.WaitForRequestAsync(4);

        await DisposeAsync(client, synchronously).WaitAsync(Soon);

        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => call.WaitAsync(Soon));
        }

        Assert.That(_clock.Waits, Has.None.EqualTo(PollOfPolly));
    }

    [Test]
    public async Task A_token_request_that_is_not_responded_to_ends_at_once()
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders(), path: Pan123Emulator.AccessTokenPath);
        var client = CreateClient(options: UseCredentials);
        var call = client.DeleteFilesAsync([1]);
        await Emulator.WaitForRequestAsync();

        await client.DisposeAsync().AsTask().WaitAsync(Soon);

        await AssertDisposedAsync(call);
        Assert.That(_clock.Waits, Has.None.EqualTo(PollOfPolly));
    }

    [Test]
    public async Task A_token_that_waits_because_others_sign_it_out_ends_at_once()
    {
        var clock = new CountingClock();
        var client = CreateClient(options: UseCredentials, clock: clock);
        await client.DeleteFilesAsync([1]);
        Emulator.Tokens.RevokeAll();
        await client.DeleteFilesAsync([2]);
        Emulator.Tokens.RevokeAll();
        var call = client.DeleteFilesAsync([3]);
        await clock.WaitedForAsync(TimeSpan.FromSeconds(1));

        await client.DisposeAsync().AsTask().WaitAsync(Soon);

        // What the service has said of the files still holds.
        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => call.WaitAsync(Soon)))!;
        Assert.That(rejected.InnerException, Is.TypeOf<Pan123NotSentException>());
        Assert.That(() => clock.LiveTimers, Is.Zero.After(10_000, 10));
    }

    [Test]
    public async Task A_renewal_that_waits_for_the_token_of_another_process_ends_at_once()
    {
        using var cache = new HangingCache { Claimant = "another process" };
        var clock = new CountingClock();
        var client = CreateClient(builder => builder.Services.AddSingleton<IDistributedCache>(cache), UseCredentials, clock);
        var call = client.DeleteFilesAsync([1]);
        await clock.WaitedForAsync(TimeSpan.FromMilliseconds(100));

        await client.DisposeAsync().AsTask().WaitAsync(Soon);

        await AssertDisposedAsync(call);
        Assert.That(() => clock.LiveTimers, Is.Zero.After(10_000, 10));
    }

    [Test]
    public async Task A_renewal_that_waits_for_a_hung_cache_ends_at_once()
    {
        using var cache = new HangingCache();
        cache.HangIn(access: 1, HowItHangs.Blocking);
        var clock = new CountingClock();
        var client = CreateClient(builder => builder.Services.AddSingleton<IDistributedCache>(cache), UseCredentials, clock);
        var call = client.DeleteFilesAsync([1]);
        await cache.Reached;

        await client.DisposeAsync().AsTask().WaitAsync(Soon);

        await AssertDisposedAsync(call);
        Assert.That(() => clock.LiveTimers, Is.Zero.After(10_000, 10));
        Assert.That(Emulator.Requests, Is.Empty);
    }

    [Test]
    public async Task A_renewal_that_is_ended_leaves_no_claim_to_other_processes()
    {
        using var cache = new HangingCache();
        Emulator.Faults.Enqueue(Fault.StalledHeaders(), path: Pan123Emulator.AccessTokenPath);
        var client = CreateClient(builder => builder.Services.AddSingleton<IDistributedCache>(cache), UseCredentials);
        var call = client.DeleteFilesAsync([1]);
        await _clock.WaitedForAsync(TimeSpan.FromMilliseconds(100));
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await Emulator.WaitForRequestAsync();
        var wasClaimed = cache.IsClaimed;

        await client.DisposeAsync();

        await AssertDisposedAsync(call);
        Assert.That(wasClaimed, Is.True);
        Assert.That(() => cache.IsClaimed, Is.False.After(10_000, 10));
    }

    [Test]
    public async Task A_call_that_waits_for_its_turn_ends_at_once_and_so_does_one_that_the_service_told_to_wait()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)));
        var client = CreateClient(options: options => options.RequestsPerSecond = 1);
        var paused = client.DeleteFilesAsync([2]);
        await _clock.WaitedForAsync(TimeSpan.FromMilliseconds(1005));
        var next = client.DeleteFilesAsync([3]);
        _clock.Advance(TimeSpan.FromMilliseconds(1005));
        await _clock.WaitedForAsync(TimeSpan.FromMilliseconds(5995));

        await client.DisposeAsync().AsTask().WaitAsync(Soon);

        await AssertDisposedAsync(paused);
        await AssertDisposedAsync(next);
    }

    [Test]
    public async Task A_handler_that_does_not_heed_cancellation_is_not_waited_for()
    {
        using var deaf = new DeafHandler();
        var client = CreateClient(builder => builder.AddHttpMessageHandler(() => deaf));
        var call = client.DeleteFilesAsync([1]);
        await deaf.Reached;
        var watch = Stopwatch.StartNew();

        await client.DisposeAsync();

        Assert.That(watch.Elapsed, Is.LessThan(Soon));
        deaf.Release();
        await Assert.ThatAsync(() => call.WaitAsync(Soon), Throws.Exception.Not.InstanceOf<TimeoutException>());
    }

    [Test]
    public async Task A_caller_may_dispose_when_its_call_was_ended_by_the_disposal()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)));
        var client = CreateClient();
        var call = Task.Run(async () =>
        {
            try
            {
                await client.DeleteFilesAsync([2]);
            }
            catch (Pan123NotSentException)
            {
                await DisposeAsync(client, synchronously: true);
                throw;
            }
        });
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(7));

        await client.DisposeAsync().AsTask().WaitAsync(Soon);

        await Assert.ThrowsAsync<Pan123NotSentException>(() => call.WaitAsync(Soon));
    }

    [Test]
    public async Task A_client_leaves_no_timer_to_the_clock([Values] bool withCallsInFlight)
    {
        var clock = new CountingClock();
        var client = CreateClient(
            options: options =>
            {
                UseCredentials(options);
                options.RequestsPerSecond = 1;
            },
            clock: clock);
        await client.DeleteFilesAsync([1]);
        Task<DeleteFilesResponse>[] calls = withCallsInFlight ? [client.DeleteFilesAsync([4]), client.DeleteFilesAsync([5])] : [];
        var held = clock.LiveTimers;

        await client.DisposeAsync().AsTask().WaitAsync(Soon);
        await Task.WhenAll(calls.Select(call => Assert.ThrowsAsync<Pan123NotSentException>(() => call.WaitAsync(Soon))));

        Assert.That((held > 0, clock.LiveTimers), Is.EqualTo((withCallsInFlight, 0)));
    }

    // By itself, since other tests have timers too; and so many clients, since what other tests left behind may come and go.
    [Test]
    [NonParallelizable]
    public async Task A_client_leaves_no_timer_to_the_process()
    {
        const int Clients = 50;
        await UseAsync(Clients);
        var before = Timer.ActiveCount;

        await UseAsync(Clients);

        Assert.That(() => Timer.ActiveCount - before, Is.LessThan(Clients / 2).After(5).Seconds.PollEvery(100).MilliSeconds);

        async Task UseAsync(int clients)
        {
            for (var number = 0; number < clients; number++)
            {
                using var client = CreateClient(options: UseCredentials, clock: TimeProvider.System);
                await Assert.ThrowsAsync<Pan123ApiException>(() => client.DeleteFilesAsync([99]));
            }
        }
    }

    [Test]
    public async Task The_factory_has_no_timer_and_connections_are_renewed_all_the_same()
    {
        IServiceProvider services = null!;
        SocketsHttpHandler primary = null!;
        using var client = CreateClient(builder => builder
            .SetHandlerLifetime(TimeSpan.FromHours(1))
            .ConfigurePrimaryHttpMessageHandler((handler, provider) => (services, primary) = (provider, (SocketsHttpHandler)handler)));

        await client.DeleteFilesAsync([1]);

        Assert.Multiple(() =>
        {
            Assert.That(services.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>().Get("Pan123").HandlerLifetime, Is.EqualTo(Timeout.InfiniteTimeSpan));
            Assert.That(primary.PooledConnectionLifetime, Is.EqualTo(TimeSpan.FromMinutes(2)));
        });
    }

    [Test]
    public async Task An_application_says_how_long_its_connections_live()
    {
        SocketsHttpHandler primary = null!;
        using var client = CreateClient(builder => builder.ConfigurePrimaryHttpMessageHandler((handler, _) =>
        {
            primary = (SocketsHttpHandler)handler;
            primary.PooledConnectionLifetime = TimeSpan.FromSeconds(30);
        }));

        await client.DeleteFilesAsync([1]);

        Assert.That(primary.PooledConnectionLifetime, Is.EqualTo(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void A_client_that_cannot_be_created_says_why_whatever_has_to_be_disposed_of()
    {
        var provider = new AsynchronousProvider();

        var failure = Assert.Throws<NotSupportedException>(() => CreateClient(builder =>
        {
            builder.Services.AddSingleton<IAccessTokenProvider>(_ => provider);
            builder.ConfigureHttpClient((services, _) => throw new NotSupportedException(services.GetRequiredService<IAccessTokenProvider>().ToString()));
        }));

        Assert.That(failure!.Message, Is.EqualTo(provider.ToString()));
        Assert.That(() => provider.Disposals, Is.EqualTo(1).After(10_000, 10));
    }

    [Test]
    public async Task An_applications_container_ends_a_token_request_that_is_not_responded_to()
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders(), path: Pan123Emulator.AccessTokenPath);
        var services = BuildServices(UseCredentials, TimeProvider.System);
        var call = services.GetRequiredService<IPan123Client>().DeleteFilesAsync([1]);
        await Emulator.WaitForRequestAsync();

        await services.DisposeAsync().AsTask().WaitAsync(Soon);

        await AssertDisposedAsync(call);
    }

    [Test]
    public async Task An_applications_container_ends_calls_that_wait_for_their_turn_and_lets_the_one_that_was_sent_end()
    {
        using var held = new DeafHandler();
        var services = BuildServices(options => options.RequestsPerSecond = 1, _clock, builder => builder.AddHttpMessageHandler(() => held));
        var client = services.GetRequiredService<IPan123Client>();
        var sent = client.DeleteFilesAsync([1]);
        await held.Reached;
        var waiting = client.DeleteFilesAsync([2]);

        var disposal = Task.Run(async () => await services.DisposeAsync());
        await AssertDisposedAsync(waiting);
        await _clock.WaitedForAsync(PollOfPolly);
        held.Release();
        await sent.WaitAsync(Soon);
        _clock.Advance(PollOfPolly);
        await disposal.WaitAsync(Soon);

        Assert.That(Emulator.Drive.DeletedFileIds, Is.EqualTo(new[] { 1 }));
        Assert.That(_clock.Waits, Has.None.EqualTo(TimeSpan.FromSeconds(1.02)), "Nobody waits for the permit.");
    }

    [Test]
    public async Task A_call_that_asks_for_its_permit_when_the_limits_are_disposed_of_is_not_sent()
    {
        await using var services = BuildServices(options => options.RequestsPerSecond = 1, _clock);
        var client = services.GetRequiredService<IPan123Client>();
        await client.DeleteFilesAsync([1]);
        services.GetRequiredService<AccountRegistry>().Dispose();

        await AssertDisposedAsync(client.DeleteFilesAsync([2]));

        Assert.That(Emulator.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Calls_have_ended_when_the_last_request_has_left()
    {
        var response = new TaskCompletionSource<HttpResponseMessage>();
        var calls = new CallsInFlight { InnerHandler = new ScriptedTransport(_ => response.Task) };
        using var http = new HttpClient(calls);
        var call = http.GetAsync(Emulator.BaseAddress);

        var end = calls.EndAsync();
        var before = end.IsCompleted;
        response.SetResult(new HttpResponseMessage());
        (await call).Dispose();

        Assert.That(before, Is.False);
        await Assert.ThatAsync(() => end.WaitAsync(Soon), Throws.Nothing);
    }

    private static async Task AssertDisposedAsync(Task call)
    {
        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => call.WaitAsync(Soon)))!;
        Assert.That(notSent.Reason, Does.Contain("disposed"));
    }

    private static async Task DisposeAsync(StandalonePan123Client client, bool synchronously)
    {
        if (synchronously)
        {
            Dispose(client);
        }
        else
        {
            await client.DisposeAsync();
        }
    }

    private static void Dispose(StandalonePan123Client client) => client.Dispose();

    private static void UseCredentials(Pan123ClientOptions options) => (options.AccessToken, options.ClientId, options.ClientSecret) =
        (null, Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret);

    private StandalonePan123Client CreateClient(
        Action<IHttpClientBuilder>? configure = null, Action<Pan123ClientOptions>? options = null, TimeProvider? clock = null)
    {
        var settings = new Pan123ClientOptions();
        Configure(settings, options);
        return Pan123Client.Create(settings, builder =>
        {
            builder.Services.AddSingleton(clock ?? _clock);
            configure?.Invoke(builder);
        });
    }

    private ServiceProvider BuildServices(Action<Pan123ClientOptions> options, TimeProvider clock, Action<IHttpClientBuilder>? configure = null)
    {
        var builder = new ServiceCollection().AddSingleton(clock).AddPan123Client(settings => Configure(settings, options));
        configure?.Invoke(builder);
        return builder.Services.BuildServiceProvider();
    }

    private void Configure(Pan123ClientOptions settings, Action<Pan123ClientOptions>? options)
    {
        (settings.BaseAddress, settings.AccessToken, settings.MaxRetries, settings.RequestsPerSecond) = (Emulator.BaseAddress, Emulator.AccessToken, 0, null);
        options?.Invoke(settings);
    }

    /// <summary>Can be disposed of asynchronously only, and comes back to the context in which that began.</summary>
    private sealed class AsynchronousProvider : IAccessTokenProvider, IAsyncDisposable
    {
        public int Disposals { get; private set; }

        public ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken) => new(new AccessToken("123"));

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            Disposals++;
        }
    }

    /// <summary>Holds requests, also those that are cancelled.</summary>
    private sealed class DeafHandler : DelegatingHandler
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task.WaitAsync(Soon);

        public void Release() => _release.TrySetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _reached.TrySetResult();
            await _release.Task;
            return await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Of a thread that does something else.</summary>
    private sealed class IdleContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
