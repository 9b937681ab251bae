using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Clients of several accounts in one container: each has options, tokens, limits and a circuit breaker of its own.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class NamedClientTests
{
    private const int Callers = 32;
    private const int Calls = 10_000;

    private Pan123Emulator _alice = null!;
    private Pan123Emulator _bob = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _alice = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { AccessToken = "token-of-alice", ClientId = "alice", ClientSecret = "secret-of-alice" });
        _bob = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { AccessToken = "token-of-bob", ClientId = "bob", ClientSecret = "secret-of-bob" });
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }

    [Test]
    [SuppressMessage("Security", "CA5394", Justification = "Chance that guards nothing.")]
    public async Task Each_deletes_in_its_own_drive_with_its_own_tokens([Values] bool withCredentials)
    {
        await using var services = BuildServices(withCredentials);
        var clients = new[] { "alice", "bob" }.Select(name => services.GetRequiredKeyedService<IPan123Client>(name)).ToArray();
        foreach (var emulator in new[] { _alice, _bob })
        {
            emulator.Drive.AddToRecycleBin(Enumerable.Range(1, Calls).Select(id => (long)id));
            emulator.Faults.AddWithProbability(
                0.1, seed: 7, [Fault.BodyCode(503, "busy"), Fault.BodyCode(429, "too many requests"), Fault.Html(), Fault.ConnectionReset()], Pan123Emulator.DeleteFilesPath);
        }

        var random = new Random(7);
        var work = new Queue<(int Client, long Id)>(Enumerable.Range(1, Calls).Select(id => (random.Next(2), (long)id)));
        var expected = work.ToLookup(call => call.Client, call => call.Id);
        var notDeleted = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (TryTake(out var call))
            {
                try
                {
                    await clients[call.Client].DeleteFilesAsync([call.Id]);
                }
                catch (Pan123Exception)
                {
                    // Faults that last for all attempts: the file may stay, but never in the other drive.
                    Interlocked.Increment(ref notDeleted);
                }
            }
        })));

        Assert.Multiple(() =>
        {
            Assert.That(_alice.Drive.DeletedFileIds.Except(expected[0]), Is.Empty);
            Assert.That(_bob.Drive.DeletedFileIds.Except(expected[1]), Is.Empty);
            Assert.That(_alice.Drive.DeletedFileIds.Count + _bob.Drive.DeletedFileIds.Count, Is.AtLeast(Calls - notDeleted));
            Assert.That(notDeleted, Is.LessThan(Calls / 100));
            Assert.That(SecretsAt(_alice), Has.None.Contains("bob"));
            Assert.That(SecretsAt(_bob), Has.None.Contains("alice"));
        });

        bool TryTake(out (int Client, long Id) call)
        {
            lock (work)
            {
                return work.TryDequeue(out call);
            }
        }
    }

    [TestCase(HttpStatusCode.ServiceUnavailable)]
    [TestCase(HttpStatusCode.TooManyRequests)]
    public async Task A_limit_a_pause_and_an_open_circuit_are_of_one_account(HttpStatusCode status)
    {
        await using var services = BuildServices(withCredentials: false, options => (options.RequestsPerSecond, options.MaxRetries, options.CircuitBreakerMinimumThroughput) = (1, 0, 2));
        var (alice, bob) = (services.GetRequiredKeyedService<IPan123Client>("alice"), services.GetRequiredKeyedService<IPan123Client>("bob"));
        _bob.Drive.AddToRecycleBin(1);
        _alice.Faults.Enqueue(Fault.HttpStatus(status, TimeSpan.FromHours(1)), times: status == HttpStatusCode.TooManyRequests ? 1 : 2);
        for (var call = 0; call < 2; call++)
        {
            await Assert.CatchAsync<Pan123Exception>(() => alice.DeleteFilesAsync([1]));
        }

        // At once: neither the permit of the other one, nor its pause, nor its circuit.
        await bob.DeleteFilesAsync([1]).WaitAsync(TimeSpan.FromSeconds(0.9));

        await Assert.CatchAsync<Pan123NotSentException>(() => alice.DeleteFilesAsync([1]));
    }

    [Test]
    public async Task A_provider_of_its_own_is_registered_with_its_name_and_none_is_shared_with_the_default_client()
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IAccessTokenProvider>(new FixedProvider("token-of-alice"));
        collection.AddKeyedSingleton<IAccessTokenProvider>("bob", new FixedProvider("token-of-bob"));
        collection.AddPan123Client(options => options.BaseAddress = _alice.BaseAddress);
        collection.AddPan123Client("bob", options => options.BaseAddress = _bob.BaseAddress);
        collection.AddPan123Client("carol", options => options.BaseAddress = _bob.BaseAddress);
        await using var services = collection.BuildServiceProvider();
        _alice.Drive.AddToRecycleBin(1);
        _bob.Drive.AddToRecycleBin(2);

        await services.GetRequiredService<IPan123Client>().DeleteFilesAsync([1]);
        await services.GetRequiredKeyedService<IPan123Client>("bob").DeleteFilesAsync([2]);

        Assert.That(
            () => services.GetRequiredKeyedService<IPan123Client>("carol"),
            Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("Client 'carol'").And.Message.Contains("access token"));
    }

    [Test]
    public async Task Options_come_from_a_section_and_problems_name_the_client_at_startup()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Bob:AccessToken", "token-of-bob"), new("Bob:MaxRetries", "11")]).Build();
        using var host = new HostBuilder().ConfigureServices(services => services.AddPan123Client("bob", configuration.GetSection("Bob"))).Build();

        var invalid = (await Assert.CatchAsync<OptionsValidationException>(() => host.StartAsync()))!;

        Assert.That(invalid.Message, Does.Contain("Client 'bob': The option MaxRetries is 11"));
    }

    [Test]
    public async Task A_second_registration_with_options_fails_at_startup([Values(null, "bob")] string? name)
    {
        using var host = new HostBuilder().ConfigureServices(services =>
        {
            foreach (var token in new[] { "one", "another" })
            {
                _ = name is null ? services.AddPan123Client(options => options.AccessToken = token) : services.AddPan123Client(name, options => options.AccessToken = token);
            }
        }).Build();

        var invalid = (await Assert.CatchAsync<OptionsValidationException>(() => host.StartAsync()))!;

        Assert.That(invalid.Message, Does.Contain("registered more than once"));
    }

    [Test]
    public async Task A_name_that_nobody_registered_is_an_error_that_says_so_and_one_that_was_is_none()
    {
        await using var services = BuildServices(withCredentials: false);

        Assert.Multiple(() =>
        {
            Assert.That(
                () => services.GetRequiredKeyedService<IPan123Client>("carol"),
                Throws.InvalidOperationException.With.Message.Contains("'carol'").And.Message.Contains("'alice', 'bob'"));
            Assert.That(services.GetService<IPan123Client>(), Is.Null, "There is no default client.");
        });
    }

    [Test]
    public async Task A_client_of_the_applications_own_whose_name_begins_alike_is_left_alone()
    {
        var collection = new ServiceCollection();
        collection.AddPan123Client("bob", options => options.AccessToken = "token-of-bob");
        collection.AddHttpClient("Pan123:metrics");
        await using var services = collection.BuildServiceProvider();

        Assert.That(() => services.GetRequiredService<IHttpClientFactory>().CreateClient("Pan123:metrics"), Throws.Nothing);
    }

    [Test]
    public void A_name_is_not_empty() => Assert.Multiple(() =>
    {
        Assert.That(() => new ServiceCollection().AddPan123Client("", _ => { }), Throws.ArgumentException.With.Property("ParamName").EqualTo("name"));
        Assert.That(() => new ServiceCollection().AddPan123Client((string)null!, _ => { }), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("name"));
    });

    [Test]
    public async Task Metrics_and_the_scope_of_logs_have_the_name()
    {
        using var logs = new ScopeRecorder();
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.AddProvider(logs));
        collection.AddPan123Client("bob", options => (options.BaseAddress, options.AccessToken) = (_bob.BaseAddress, _bob.AccessToken));
        await using var services = collection.BuildServiceProvider();
        using var files = new MetricCollector<long>(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "Pan123", "pan123.files");
        _bob.Drive.AddToRecycleBin(1);

        await services.GetRequiredKeyedService<IPan123Client>("bob").DeleteFilesAsync([1]);

        Assert.Multiple(() =>
        {
            Assert.That(files.LastMeasurement!.Tags["pan123.client"], Is.EqualTo("bob"));
            Assert.That(logs.Scopes, Has.Some.EqualTo("Client bob"));
        });
    }

    [Test]
    public async Task The_default_client_has_no_scope_of_logs()
    {
        using var logs = new ScopeRecorder();
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.AddProvider(logs));
        collection.AddPan123Client(options => (options.BaseAddress, options.AccessToken) = (_bob.BaseAddress, _bob.AccessToken));
        await using var services = collection.BuildServiceProvider();
        _bob.Drive.AddToRecycleBin(1);

        await services.GetRequiredService<IPan123Client>().DeleteFilesAsync([1]);

        Assert.That(logs.Scopes, Is.Not.Empty.And.None.StartsWith("Client"));
    }

    private static IEnumerable<string> SecretsAt(Pan123Emulator emulator) => emulator.Requests.Select(request =>
        string.Concat(request.Headers.Where(header => header.Key == "Authorization").Select(header => header.Value)) + request.BodyText);

    private ServiceProvider BuildServices(bool withCredentials, Action<Pan123ClientOptions>? configure = null)
    {
        var collection = new ServiceCollection();
        Add("alice", _alice);
        Add("bob", _bob);
        return collection.BuildServiceProvider(validateScopes: true);

        void Add(string name, Pan123Emulator emulator) => collection.AddPan123Client(name, options =>
        {
            options.BaseAddress = emulator.BaseAddress;
            if (withCredentials)
            {
                (options.ClientId, options.ClientSecret) = (name, $"secret-of-{name}");
            }
            else
            {
                options.AccessToken = emulator.AccessToken;
            }

            (options.RequestsPerSecond, options.RetryDelay) = (null, TimeSpan.FromMilliseconds(1));
            configure?.Invoke(options);
        });
    }


    private sealed class ScopeRecorder : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public System.Collections.Concurrent.ConcurrentBag<string> Scopes { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Recorder(this);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
            // It holds nothing.
        }

        private sealed class Recorder(ScopeRecorder provider) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => provider._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                provider._scopes.ForEachScope((scope, scopes) => scopes.Add($"{scope}"), provider.Scopes);
        }
    }
}
