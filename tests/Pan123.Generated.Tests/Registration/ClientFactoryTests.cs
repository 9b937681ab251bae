using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Clients of accounts that are known only at run time.</summary>
public sealed class ClientFactoryTests() : EmulatorFixture(1, 2, 3, 4)
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public async Task It_needs_no_account_of_its_own_and_passes_the_handlers_of_the_registration()
    {
        var seen = new List<string?>();
        await using var services = Build(options => options.BaseAddress = Emulator.BaseAddress, builder => builder.AddHttpMessageHandler(() => new Watch(seen)));

        await Create(services, "alice").DeleteFilesAsync([1]);

        Assert.Multiple(() =>
        {
            Assert.That(seen, Is.EqualTo(new[] { Pan123Emulator.DeleteFilesPath }));
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EqualTo(new[] { 1 }));
            Assert.That(services.GetService<IPan123Client>(), Is.Null, "Nobody registered an account.");
        });
    }

    [Test]
    public async Task Beside_a_client_each_uses_its_own_token([Values] bool isFactoryFirst)
    {
        var collection = new ServiceCollection();
        if (isFactoryFirst)
        {
            collection.AddPan123ClientFactory();
        }

        collection.AddSingleton<IAccessTokenProvider>(new FixedProvider("not-this-one"));
        collection.AddPan123Client(options => options.BaseAddress = Emulator.BaseAddress);
        await using var services = collection.BuildServiceProvider(validateScopes: true);

        await Create(services, "alice").DeleteFilesAsync([1]);
        var rejection = await Assert.CatchAsync<Pan123ApiException>(() => services.GetRequiredService<IPan123Client>().DeleteFilesAsync([2]));

        Assert.That(rejection!.Code, Is.EqualTo(Pan123ErrorCode.Unauthorized));
    }

    [Test]
    public async Task Credentials_are_of_one_account_and_its_clients_share_the_token()
    {
        await using var services = Build();
        var factory = services.GetRequiredService<IPan123ClientFactory>();

        await factory.CreateClient("alice", Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret).DeleteFilesAsync([1]);
        await factory.CreateClient("alice", Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret).DeleteFilesAsync([2]);
        var rejected = await Assert.CatchAsync<Pan123NotSentException>(() => factory.CreateClient("alice", Pan123EmulatorOptions.DefaultClientId, "another-secret").DeleteFilesAsync([3]));

        Assert.Multiple(() =>
        {
            Assert.That(rejected!.Message, Does.Contain("no access token"));
            Assert.That(Emulator.Requests.Count(request => request.PathAndQuery == Pan123Emulator.AccessTokenPath), Is.EqualTo(2));
        });
    }

    [TestCase(HttpStatusCode.ServiceUnavailable)]
    [TestCase(HttpStatusCode.TooManyRequests)]
    public async Task A_limit_a_pause_and_an_open_circuit_are_of_one_account(HttpStatusCode status)
    {
        await using var services = Build(options => (options.RequestsPerSecond, options.MaxRetries, options.CircuitBreakerMinimumThroughput) = (1, 0, 2));
        Emulator.Faults.Enqueue(Fault.HttpStatus(status, TimeSpan.FromHours(1)), times: status == HttpStatusCode.TooManyRequests ? 1 : 2);
        for (var call = 0; call < 2; call++)
        {
            await Assert.CatchAsync<Pan123Exception>(() => Create(services, "alice").DeleteFilesAsync([1]));
        }

        // At once: neither the permit of the other one, nor its pause, nor its circuit.
        await Create(services, "bob").DeleteFilesAsync([1]).WaitAsync(TimeSpan.FromSeconds(0.9));

        await Assert.CatchAsync<Pan123NotSentException>(() => Create(services, "alice").DeleteFilesAsync([2]));
    }

    [Test]
    public async Task Clients_of_one_account_share_its_limit_and_its_circuit()
    {
        await using var services = Build(options => (options.RequestsPerSecond, options.MaxRetries, options.CircuitBreakerMinimumThroughput) = (null, 0, 2));
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.ServiceUnavailable), times: 2);
        for (var call = 0; call < 2; call++)
        {
            await Assert.CatchAsync<Pan123OutcomeUnknownException>(() => Create(services, "alice").DeleteFilesAsync([1]));
        }

        var notSent = await Assert.CatchAsync<Pan123NotSentException>(() => Create(services, "alice").DeleteFilesAsync([1]));

        Assert.That((notSent!.Reason, Emulator.Requests.Count), Is.EqualTo(("the circuit breaker is open, because too many recent requests failed.", 2)));
    }

    [Test]
    public async Task What_is_known_of_an_account_is_forgotten_an_hour_after_its_last_call()
    {
        await using var services = Build(clock: _clock);
        var client = services.GetRequiredService<IPan123ClientFactory>().CreateClient("alice", Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret);
        await client.DeleteFilesAsync([1]);

        // Checked once an hour.
        _clock.Advance(TimeSpan.FromMinutes(59));
        await client.DeleteFilesAsync([2]);
        _clock.Advance(TimeSpan.FromMinutes(61));
        await client.DeleteFilesAsync([3]);
        var before = TokenRequests();
        _clock.Advance(TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromMinutes(2));
        await client.DeleteFilesAsync([4]);

        Assert.That((before, TokenRequests()), Is.EqualTo((1, 2)));

        int TokenRequests() => Emulator.Requests.Count(request => request.PathAndQuery == Pan123Emulator.AccessTokenPath);
    }

    [Test]
    public async Task All_accounts_share_one_timer_which_ends_with_the_container()
    {
        var clock = new CountingClock();
        var services = Build(clock: clock);
        await Create(services, "alice").DeleteFilesAsync([1]);
        await Create(services, "bob").DeleteFilesAsync([2]);
        var before = clock.LiveTimers;

        await services.DisposeAsync();

        Assert.That((before, clock.LiveTimers), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task After_the_containers_disposal_nothing_is_sent()
    {
        var services = Build();
        var client = Create(services, "alice");
        await client.DeleteFilesAsync([1]);

        await services.DisposeAsync();

        var notSent = await Assert.CatchAsync<Pan123NotSentException>(() => client.DeleteFilesAsync([2]));
        Assert.That((notSent!.Reason, Emulator.Requests.Count), Is.EqualTo(("the client was disposed.", 1)));
    }

    [Test]
    public async Task A_call_that_waits_for_its_turn_ends_with_the_factory()
    {
        await using var services = Build(options => options.RequestsPerSecond = 1);
        await Create(services, "alice").DeleteFilesAsync([1]);
        var waiting = Create(services, "alice").DeleteFilesAsync([2]);

        ((IDisposable)services.GetRequiredService<IPan123ClientFactory>()).Dispose();

        var notSent = await Assert.CatchAsync<Pan123NotSentException>(() => waiting);
        Assert.That(notSent!.Reason, Is.EqualTo("the client was disposed."));
    }

    [Test]
    public async Task Activities_have_the_name_and_metrics_have_none()
    {
        await using var services = Build();
        using var files = new MetricCollector<long>(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "Pan123", "pan123.files");
        var names = new List<object?>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Pan123",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => names.Add(activity.GetTagItem("pan123.client")),
        };
        ActivitySource.AddActivityListener(listener);

        await Create(services, "an-account-of-this-test").DeleteFilesAsync([1]);

        Assert.Multiple(() =>
        {
            Assert.That(names, Has.Some.EqualTo("an-account-of-this-test"));
            Assert.That(files.LastMeasurement!.Tags.Keys, Has.None.EqualTo("pan123.client"));
        });
    }

    [Test]
    public async Task Options_are_validated_at_startup_and_come_from_a_section_too()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Pan123:MaxRetries", "11")]).Build();
        using var host = new HostBuilder().ConfigureServices(services => services.AddPan123ClientFactory(configuration.GetSection("Pan123"))).Build();

        var invalid = (await Assert.CatchAsync<OptionsValidationException>(() => host.StartAsync()))!;

        Assert.That(invalid.Message, Is.EqualTo("The option MaxRetries is 11: give a value from 0 to 10."));
    }

    [Test]
    public async Task A_client_that_is_registered_too_needs_its_token()
    {
        using var host = new HostBuilder().ConfigureServices(services =>
        {
            services.AddPan123ClientFactory();
            services.AddPan123Client();
        }).Build();

        var invalid = (await Assert.CatchAsync<OptionsValidationException>(() => host.StartAsync()))!;

        Assert.That(invalid.Message, Does.Contain("There is no access token"));
    }

    [TestCase(null, "id", "secret", "account")]
    [TestCase("", "id", "secret", "account")]
    [TestCase("alice", " ", "secret", "clientId")]
    [TestCase("alice", "id", "", "clientSecret")]
    [TestCase("alice", "id", null, "clientSecret")]
    public async Task Arguments_are_checked(string? account, string? clientId, string? clientSecret, string name)
    {
        await using var services = Build();
        var factory = services.GetRequiredService<IPan123ClientFactory>();

        Assert.Multiple(() =>
        {
            Assert.That(() => factory.CreateClient(account!, clientId!, clientSecret!), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(name));
            Assert.That(() => factory.CreateClient(" ", new FixedProvider("token")), Throws.ArgumentException.With.Property("ParamName").EqualTo("account"));
            Assert.That(() => factory.CreateClient("alice", null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("accessTokenProvider"));
        });
    }

    private IPan123Client Create(IServiceProvider services, string account) =>
        services.GetRequiredService<IPan123ClientFactory>().CreateClient(account, new FixedProvider(Emulator.AccessToken));

    private ServiceProvider Build(Action<Pan123ClientOptions>? configure = null, Action<IHttpClientBuilder>? configureBuilder = null, TimeProvider? clock = null)
    {
        var collection = new ServiceCollection();
        if (clock is not null)
        {
            collection.AddSingleton(clock);
        }

        var builder = collection.AddPan123ClientFactory(options =>
        {
            (options.BaseAddress, options.RequestsPerSecond) = (Emulator.BaseAddress, null);
            configure?.Invoke(options);
        });
        configureBuilder?.Invoke(builder);
        return collection.BuildServiceProvider(validateScopes: true);
    }

    private sealed class Watch(List<string?> seen) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add(request.RequestUri?.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
