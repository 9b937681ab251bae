using System.Net;
using System.Reflection;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pan123.Emulator;
using Polly;

namespace Pan123.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class RegistrationTests
{
    private const string Canary = "canary-access-token";

    [Test]
    public async Task A_client_registered_with_code_deletes()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddToRecycleBin(1);
        await using var services = new ServiceCollection()
            .AddPan123Client(options => (options.BaseAddress, options.AccessToken) = (emulator.BaseAddress, emulator.AccessToken))
            .Services.BuildServiceProvider();

        await services.GetRequiredService<IPan123Client>().DeleteFilesAsync([1]);

        Assert.That(emulator.Drive.DeletedFileIds, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task A_client_registered_with_configuration_deletes()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddToRecycleBin(1);
        await using var services = new ServiceCollection()
            .AddPan123Client(Section(("BaseAddress", emulator.BaseAddress.AbsoluteUri), ("AccessToken", emulator.AccessToken)))
            .Services.BuildServiceProvider();

        await services.GetRequiredService<IPan123Client>().DeleteFilesAsync([1]);

        Assert.That(emulator.Drive.DeletedFileIds, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task A_second_registration_without_options_doubles_no_handler()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddToRecycleBin(1);
        var provider = new CountingProvider(emulator.AccessToken);
        await using var services = new ServiceCollection()
            .AddSingleton<IAccessTokenProvider>(provider)
            .AddPan123Client()
            .Services.AddPan123Client(options => options.BaseAddress = emulator.BaseAddress)
            .Services.AddPan123Client()
            .Services.BuildServiceProvider();

        await services.GetRequiredService<IPan123Client>().DeleteFilesAsync([1]);

        Assert.That((provider.Calls, services.GetServices<IPan123Client>().Count()), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_provider_registered_after_the_client_counts()
    {
        await using var services = new ServiceCollection()
            .AddPan123Client(_ => { })
            .Services.AddSingleton<IAccessTokenProvider>(new CountingProvider(Canary))
            .BuildServiceProvider();

        Assert.That(services.GetRequiredService<IPan123Client>(), Is.Not.Null);
    }

    [Test]
    public async Task The_applications_own_settings_of_the_HttpClient_stay()
    {
        var collection = new ServiceCollection();
        collection.ConfigureHttpClientDefaults(builder => builder.ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(7)));
        collection.AddPan123Client(options => options.AccessToken = Canary);
        await using var services = collection.BuildServiceProvider();

        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient("Pan123");

        Assert.That(http.Timeout, Is.EqualTo(TimeSpan.FromSeconds(7)));
    }

    [Test]
    public void The_HttpClient_of_a_client_has_its_name()
    {
        var services = new ServiceCollection();

        Assert.That((services.AddPan123Client().Name, services.AddPan123Client("alice").Name), Is.EqualTo(("Pan123", "Pan123:alice")));
    }

    [Test]
    public async Task The_applications_own_HttpClients_stay_as_they_are()
    {
        HttpMessageHandler primary = null!;
        var collection = new ServiceCollection();
        collection.AddHttpClient("other").ConfigurePrimaryHttpMessageHandler((handler, _) => primary = handler);
        collection.AddPan123Client(options => options.AccessToken = Canary);
        await using var services = collection.BuildServiceProvider();

        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient("other");

        Assert.That(((SocketsHttpHandler)primary).AllowAutoRedirect, Is.True);
    }

    private static IEnumerable<TestCaseData> Retries()
    {
        yield return Case("policy", builder => builder.AddPolicyHandler(Retry()));
        yield return Case("policy by request", builder => builder.AddPolicyHandler(_ => Retry()));
        yield return Case("transient policy", builder => builder.AddTransientHttpErrorPolicy(policy => policy.RetryAsync(3)));
        yield return Case("policy from a registry", builder =>
        {
            builder.Services.AddPolicyRegistry().Add("retry", Retry());
            builder.AddPolicyHandlerFromRegistry("retry");
        });
        yield return Case("derived from the handler of policies", builder => builder.AddHttpMessageHandler(() => new DerivedPolicyHandler(Retry())));
        yield return Case("standard resilience", builder => builder.AddStandardResilienceHandler());
        yield return Case("standard hedging", builder => builder.AddStandardHedgingHandler());
        yield return Case("several", builder =>
        {
            builder.AddPolicyHandler(Retry()).AddPolicyHandler(Retry()).AddStandardResilienceHandler();
            builder.AddPolicyHandler(Retry());
        });

        static TestCaseData Case(string name, Action<IHttpClientBuilder> addRetries) => new TestCaseData(addRetries).SetArgDisplayNames(name);

        static IAsyncPolicy<HttpResponseMessage> Retry() => Policy.HandleResult<HttpResponseMessage>(response => !response.IsSuccessStatusCode).RetryAsync(3);
    }

    [TestCaseSource(nameof(Retries))]
    public async Task Retries_that_an_application_gave_all_its_clients_do_not_multiply(Action<IHttpClientBuilder> addRetries)
    {
        foreach (var first in new[] { true, false })
        {
            await using var emulator = await Pan123Emulator.StartAsync();
            emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.ServiceUnavailable), times: 100);
            var collection = new ServiceCollection();
            if (first)
            {
                collection.ConfigureHttpClientDefaults(addRetries);
            }

            collection.AddPan123Client(options =>
                (options.BaseAddress, options.AccessToken, options.RetryDelay) = (emulator.BaseAddress, emulator.AccessToken, TimeSpan.FromMilliseconds(1)));
            if (!first)
            {
                collection.ConfigureHttpClientDefaults(addRetries);
            }

            await using var services = collection.BuildServiceProvider();

            await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => services.GetRequiredService<IPan123Client>().DeleteFilesAsync([1]));

            Assert.That(emulator.Requests, Has.Count.EqualTo(4), first ? "Registered first." : "Registered last.");
        }
    }

    [Test]
    public async Task Other_handlers_that_an_application_gave_all_its_clients_stay()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddToRecycleBin(1);
        var collection = new ServiceCollection();
        collection.ConfigureHttpClientDefaults(builder => builder
            .AddPolicyHandler(Policy.NoOpAsync<HttpResponseMessage>())
            .AddHttpMessageHandler(() => new TaggingHandler()));
        collection.AddPan123Client(options => (options.BaseAddress, options.AccessToken) = (emulator.BaseAddress, emulator.AccessToken));
        await using var services = collection.BuildServiceProvider();

        await services.GetRequiredService<IPan123Client>().DeleteFilesAsync([1]);

        Assert.That(emulator.Requests.Single().Headers, Does.Contain(new KeyValuePair<string, string>(TaggingHandler.Header, "all clients")));
    }

    private static IEnumerable<TestCaseData> WrongOptions()
    {
        yield return Case("no token", options => options.AccessToken = null, "ClientId", "ClientSecret", "AccessToken,", "IAccessTokenProvider");
        yield return Case("blank token", options => options.AccessToken = " ", "AccessToken", "empty");
        yield return Case("token with Bearer", options => options.AccessToken = $"Bearer {Canary}", "AccessToken", "\"Bearer\"");
        yield return Case("token with a line break", options => options.AccessToken = $"{Canary}\r\n", "AccessToken", "20 of 21");
        yield return Case("client ID alone", options => (options.AccessToken, options.ClientId) = (null, "id"), "ClientId", "ClientSecret", "together");
        yield return Case("client secret alone", options => (options.AccessToken, options.ClientSecret) = (null, Canary), "ClientId", "ClientSecret", "together");
        yield return Case("empty client ID", options => (options.AccessToken, options.ClientId, options.ClientSecret) = (null, "", Canary), "ClientId", "ClientSecret", "together");
        yield return Case("empty client secret", options => (options.AccessToken, options.ClientId, options.ClientSecret) = (null, "id", " "), "ClientId", "ClientSecret", "together");
        yield return Case("token and credentials", options => (options.ClientId, options.ClientSecret) = ("id", Canary), "AccessToken", "ClientId", "ClientSecret", "exclude");
        yield return Case("negative margin", options => options.AccessTokenRenewalMargin = TimeSpan.FromMinutes(-5), "AccessTokenRenewalMargin", "-00:05:00", "00:00:00");
        yield return Case("no request", options => options.RequestsPerSecond = 0, "RequestsPerSecond", "0", "1");
        yield return Case("fewer than no retries", options => options.MaxRetries = -1, "MaxRetries", "-1", "0", "10");
        yield return Case("too many retries", options => options.MaxRetries = 11, "MaxRetries", "11", "0", "10");
        yield return Case("no delay", options => options.RetryDelay = TimeSpan.Zero, "RetryDelay", "00:00:00", "00:00:00.0010000", "00:01:00");
        yield return Case("long delay", options => options.RetryDelay = TimeSpan.FromMinutes(2), "RetryDelay", "00:02:00");
        yield return Case("no time for an attempt", options => options.AttemptTimeout = TimeSpan.Zero, "AttemptTimeout", "00:00:00", "00:00:00.0100000", "01:00:00");
        yield return Case("least time there is for an attempt", options => options.AttemptTimeout = TimeSpan.MinValue, "AttemptTimeout", "-10675199.");
        yield return Case("most time there is for an attempt", options => options.AttemptTimeout = TimeSpan.MaxValue, "AttemptTimeout", "10675199.");
        yield return Case("less time for all than for one attempt", options => options.TotalTimeout = TimeSpan.FromSeconds(29), "TotalTimeout", "00:00:29", "00:00:30", "AttemptTimeout", "1.00:00:00");
        yield return Case("endless time", options => options.TotalTimeout = Timeout.InfiniteTimeSpan, "TotalTimeout", "-00:00:00.0010000");
        yield return Case("no failures", options => options.CircuitBreakerFailureRatio = 0, "CircuitBreakerFailureRatio", "0", "0.01", "1");
        yield return Case("more failures than requests", options => options.CircuitBreakerFailureRatio = 1.5, "CircuitBreakerFailureRatio", "1.5", "0.01", "1");
        yield return Case("no number", options => options.CircuitBreakerFailureRatio = double.NaN, "CircuitBreakerFailureRatio", "NaN");
        yield return Case("a failure alone", options => options.CircuitBreakerMinimumThroughput = 1, "CircuitBreakerMinimumThroughput", "1", "2");
        yield return Case("too little time to judge", options => options.CircuitBreakerSamplingDuration = TimeSpan.FromSeconds(59), "CircuitBreakerSamplingDuration", "00:00:59", "00:01:00", "AttemptTimeout", "1.00:00:00");
        yield return Case("no break", options => options.CircuitBreakerBreakDuration = TimeSpan.FromMilliseconds(499), "CircuitBreakerBreakDuration", "00:00:00.4990000", "00:00:00.5000000", "01:00:00");
        yield return Case("no address", options => options.BaseAddress = null!, "BaseAddress", "''", "https://open-api.123pan.com");
        yield return Case("relative address", options => options.BaseAddress = new Uri("open-api.123pan.com", UriKind.Relative), "BaseAddress", "'open-api.123pan.com'", "https://open-api.123pan.com");
        yield return Case("another scheme", options => options.BaseAddress = new Uri("ftp://open-api.123pan.com"), "BaseAddress", "'ftp://open-api.123pan.com/'", "https://open-api.123pan.com");
        yield return Case("plain http", options => options.BaseAddress = new Uri("http://open-api.123pan.com"), "BaseAddress", "'http://open-api.123pan.com/'", "https");
        yield return Case("plain http to an address in the network", options => options.BaseAddress = new Uri("http://192.168.1.1"), "BaseAddress", "'http://192.168.1.1/'", "https");
        yield return Case("password", options => options.BaseAddress = new Uri($"https://me:{Canary}@example.com"), "BaseAddress", "'https://example.com/'", "user name");
        yield return Case("query", options => options.BaseAddress = new Uri($"https://example.com/?{Canary}"), "BaseAddress", "'https://example.com/'", "query");
        yield return Case("fragment", options => options.BaseAddress = new Uri($"https://example.com/#{Canary}"), "BaseAddress", "'https://example.com/'", "fragment");

        static TestCaseData Case(string name, Action<Pan123ClientOptions> configure, params string[] message) =>
            new TestCaseData(configure, message).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(WrongOptions))]
    public async Task Wrong_options_fail_when_the_program_starts_and_say_what_to_do(Action<Pan123ClientOptions> configure, string[] message)
    {
        await using var services = new ServiceCollection()
            .AddPan123Client(options => options.AccessToken = Canary)
            .Services.AddPan123Client(configure)
            .Services.BuildServiceProvider();

        var invalid = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate)!;

        Assert.Multiple(() =>
        {
            Assert.That(message.Where(part => !invalid.Message.Contains(part, StringComparison.Ordinal)), Is.Empty, invalid.Message);
            Assert.That(invalid.ToString(), Does.Not.Contain(Canary));
        });
    }

    [TestCaseSource(nameof(WrongOptions))]
    public void Wrong_options_fail_when_a_client_is_created_without_a_container(Action<Pan123ClientOptions> configure, string[] message)
    {
        var options = new Pan123ClientOptions { AccessToken = Canary };
        configure(options);

        var invalid = Assert.Throws<OptionsValidationException>(() => Pan123Client.Create(options))!;

        Assert.That(message.Where(part => !invalid.Message.Contains(part, StringComparison.Ordinal)), Is.Empty, invalid.Message);
    }

    [TestCase("least")]
    [TestCase("most")]
    public void The_bounds_that_a_message_names_are_good(string which)
    {
        var day = TimeSpan.FromDays(1);
        var options = which == "least"
            ? new Pan123ClientOptions
            {
                AccessToken = Canary,
                AccessTokenRenewalMargin = TimeSpan.Zero,
                RequestsPerSecond = 1,
                MaxRetries = 0,
                RetryDelay = TimeSpan.FromMilliseconds(1),
                AttemptTimeout = TimeSpan.FromMilliseconds(10),
                TotalTimeout = TimeSpan.FromMilliseconds(10),
                CircuitBreakerFailureRatio = 0.01,
                CircuitBreakerMinimumThroughput = 2,
                CircuitBreakerSamplingDuration = TimeSpan.FromSeconds(0.5),
                CircuitBreakerBreakDuration = TimeSpan.FromSeconds(0.5),
            }
            : new Pan123ClientOptions
            {
                AccessToken = Canary,
                AccessTokenRenewalMargin = TimeSpan.MaxValue,
                RequestsPerSecond = int.MaxValue,
                MaxRetries = 10,
                RetryDelay = TimeSpan.FromMinutes(1),
                AttemptTimeout = TimeSpan.FromHours(1),
                TotalTimeout = day,
                CircuitBreakerFailureRatio = 1,
                CircuitBreakerMinimumThroughput = int.MaxValue,
                CircuitBreakerSamplingDuration = day,
                CircuitBreakerBreakDuration = TimeSpan.FromHours(1),
            };

        Assert.DoesNotThrow(() => Pan123Client.Create(options).Dispose());
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("bob")]
    public void A_container_that_does_not_know_what_is_registered_may_have_a_provider(string? client)
    {
        var services = new Registrations(new ClientRegistration(client ?? "", HasOptions: true, HasClient: true));

        Assert.That(new Pan123ClientOptionsValidator(services).Validate(client, new Pan123ClientOptions()).Succeeded, Is.True);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("bob")]
    public void A_client_with_options_from_two_registrations_has_a_problem(string? client)
    {
        var registration = new ClientRegistration(client ?? "", HasOptions: true, HasClient: true);

        Assert.That(new Pan123ClientOptionsValidator(new Registrations(registration, registration)).Validate(client, new Pan123ClientOptions()).Failed, Is.True);
    }

    [Test]
    public void All_problems_are_named_at_once()
    {
        var invalid = Assert.Throws<OptionsValidationException>(() => Pan123Client.Create(new Pan123ClientOptions { BaseAddress = new Uri("http://example.com") }))!;

        Assert.That(invalid.Failures.Count(), Is.EqualTo(2));
    }

    [TestCase("https://open-api.123pan.com")]
    [TestCase("https://example.com:8443/gateway")]
    [TestCase("http://localhost:5000")]
    [TestCase("http://127.0.0.1:5000/")]
    [TestCase("http://127.8.9.10:5000/")]
    [TestCase("http://[::1]:5000/")]
    public void A_good_address_is_taken(string address) =>
        Assert.DoesNotThrow(() => Pan123Client.Create(new Pan123ClientOptions { BaseAddress = new Uri(address), AccessToken = Canary }).Dispose());

    [Test]
    public async Task No_limit_can_be_set_in_the_configuration()
    {
        await using var services = new ServiceCollection()
            .AddPan123Client(Section(("AccessToken", Canary), ("RequestsPerSecond", null)))
            .Services.BuildServiceProvider();

        Assert.That(services.GetRequiredService<IOptions<Pan123ClientOptions>>().Value.RequestsPerSecond, Is.Null);
    }

    [TestCase("BaseAdress")]
    [TestCase("Accesstokens")]
    public async Task A_misspelt_key_in_the_configuration_fails_when_the_program_starts(string key)
    {
        await using var services = new ServiceCollection()
            .AddPan123Client(Section((key, "https://example.com"), ("AccessToken", Canary)))
            .Services.BuildServiceProvider();

        var invalid = Assert.Throws<InvalidOperationException>(services.GetRequiredService<IStartupValidator>().Validate)!;

        Assert.That(invalid.Message, Does.Contain(key));
    }

    [Test]
    public async Task A_second_registration_with_a_configuration_fails_when_the_program_starts()
    {
        await using var services = new ServiceCollection()
            .AddPan123Client(Section(("AccessToken", Canary)))
            .Services.AddPan123Client(Section(("AccessToken", Canary)))
            .Services.BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);
    }

    [Test]
    public void Null_arguments_are_refused() => Assert.Multiple(() =>
    {
        var services = new ServiceCollection();
        Assert.That(() => services.AddPan123Client((IConfiguration)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("section"));
        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddPan123Client(_ => { }));
        Assert.Throws<ArgumentNullException>(() => Pan123Client.Create(null!));
    });

    [Test]
    public async Task Options_changed_after_the_creation_of_a_client_have_no_effect()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddToRecycleBin(1);
        var options = new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = emulator.AccessToken };
        using var client = Pan123Client.Create(options);

        (options.BaseAddress, options.AccessToken) = (new Uri("https://nowhere.invalid"), "other");
        await client.DeleteFilesAsync([1]);

        Assert.That(emulator.Drive.DeletedFileIds, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task Every_option_can_be_set_in_the_configuration_and_is_copied()
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1 });
        await using var services = new ServiceCollection()
            .AddPan123Client(Section(
                ("BaseAddress", "https://example.com"),
                ("ClientId", "id"),
                ("ClientSecret", "secret"),
                ("AccessTokenRenewalMargin", "00:01:00"),
                ("AccessToken", Canary),
                ("RequestsPerSecond", "1"),
                ("MaxRetries", "5"),
                ("RetryDelay", "00:00:02"),
                ("AttemptTimeout", "00:00:10"),
                ("TotalTimeout", "00:02:00"),
                ("CircuitBreakerFailureRatio", "0.25"),
                ("CircuitBreakerMinimumThroughput", "7"),
                ("CircuitBreakerSamplingDuration", "00:05:00"),
                ("CircuitBreakerBreakDuration", "00:00:30")))
            .Services.Configure<Pan123ClientOptions>(options => options.RateLimiter = limiter)
            .RemoveAll<IValidateOptions<Pan123ClientOptions>>()
            .BuildServiceProvider();
        var options = services.GetRequiredService<IOptions<Pan123ClientOptions>>().Value;
        var (copy, defaults) = (new Pan123ClientOptions(), new Pan123ClientOptions());

        options.CopyTo(copy);

        Assert.Multiple(() =>
        {
            foreach (var property in typeof(Pan123ClientOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                Assert.That(property.GetValue(options), Is.Not.EqualTo(property.GetValue(defaults)), property.Name);
                Assert.That(property.GetValue(copy), Is.EqualTo(property.GetValue(options)), property.Name);
            }
        });
    }

    [Test]
    public async Task The_token_is_in_no_log_even_where_the_application_asks_for_all_headers()
    {
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { AccessToken = Canary });
        using var logs = new LogRecorder();
        var collection = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        collection.ConfigureHttpClientDefaults(builder => builder.RedactLoggedHeaders(_ => false));
        collection.AddPan123Client(options => (options.BaseAddress, options.AccessToken) = (emulator.BaseAddress, Canary)).RedactLoggedHeaders([]);
        await using var services = collection.BuildServiceProvider();

        await Assert.CatchAsync<Pan123ApiException>(() => services.GetRequiredService<IPan123Client>().DeleteFilesAsync([1]));

        Assert.That(logs.Text, Does.Contain("Platform: *").And.Not.Contains("Authorization").And.Not.Contains(Canary));
    }

    [Test]
    public void A_class_of_the_applications_own_can_stand_in_for_the_client()
    {
        IPan123Client client = new RateLimitedClient();

        Assert.That(() => client.DeleteFilesAsync([1]), Throws.InstanceOf<Pan123ApiException>().With.Property(nameof(Pan123ApiException.Code)).EqualTo(Pan123ErrorCode.TooManyRequests));
    }

    [Test]
    public async Task A_stand_in_that_does_not_override_a_method_says_so()
    {
        var refused = (await Assert.ThrowsAsync<InvalidOperationException>(() => new EmptyFake().DeleteFilesAsync([1])))!;

        Assert.That(refused.Message, Does.Contain(nameof(EmptyFake)));
    }

    [Test]
    public void The_guard_has_no_way_around_it()
    {
        // Nobody but a derived class reaches the generated operation, and no derived class of another assembly gets an HttpClient.
        var operations = typeof(Pan123Client).GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method => method.ReturnType == typeof(Task<DeleteFilesResponse>));
        var constructors = typeof(Pan123Client).GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(constructor => !constructor.IsAssembly);

        Assert.Multiple(() =>
        {
            Assert.That(operations.Select(method => method.Name), Is.EqualTo(new[] { nameof(IPan123Client.DeleteFilesAsync) }));
            Assert.That(
                typeof(IPan123Client).GetMethods().Select(method => method.Name).Distinct(),
                Is.EquivalentTo(new[]
                {
                    nameof(IPan123Client.DeleteFilesAsync), nameof(IPan123Client.DeleteFilesInBatchesAsync), nameof(IPan123Client.TrashFilesAsync),
                    nameof(IPan123Client.RecoverFilesAsync), nameof(IPan123Client.RecoverFilesToFolderAsync), nameof(IPan123Client.GetFilesAsync), nameof(IPan123Client.ListFilesAsync), nameof(IPan123Client.DeleteAndConfirmFilesAsync),
                }));
            Assert.That(constructors.SelectMany(constructor => constructor.GetParameters()), Is.Empty);
        });
    }

    [Test]
    public async Task An_operation_has_one_rate_limit_whatever_parameters_are_in_its_address()
    {
        var collection = new ServiceCollection();
        collection.AddPan123Client(options => options.AccessToken = Canary);
        await using var services = collection.BuildServiceProvider();
        var limits = services.GetRequiredService<AccountRegistry>().Get("").RateLimiters;
        using var first = new ApiRequest("getFile", HttpMethod.Get, new Uri("https://host/api/v1/file/1"));
        using var second = new ApiRequest("getFile", HttpMethod.Get, new Uri("https://host/api/v1/file/2"));
        using var other = new ApiRequest("listFiles", HttpMethod.Get, new Uri("https://host/api/v1/file/1"));

        Assert.That((limits.Get(second) == limits.Get(first), limits.Get(other) == limits.Get(first)), Is.EqualTo((true, false)));
    }

    [TestCase(10, ExpectedResult = 1)]
    [TestCase(11, ExpectedResult = 2)]
    public async Task<int?> An_operation_keeps_to_its_own_limit_unless_more_than_the_default_is_set(int max)
    {
        await using var services = new ServiceCollection()
            .AddPan123Client(options => (options.AccessToken, options.RequestsPerSecond) = (Canary, max))
            .Services.BuildServiceProvider();
        using var call = new ApiRequest("getFile", HttpMethod.Get, new Uri("https://host/api/v1/file/1")) { RequestsPerSecond = 1 };

        // Two are what a limiter begins with.
        return services.GetRequiredService<AccountRegistry>().Get("").RateLimiters.Get(call).Limit;
    }

    [Test]
    public async Task A_disposed_client_sends_nothing()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        var client = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = Canary });
        await client.DisposeAsync();
        await client.DisposeAsync();

        await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync([1]));

        Assert.That(emulator.Requests, Is.Empty);
    }

    [Test]
    public void A_disposed_client_closes_its_connections()
    {
        using var primaryHandler = new DisposalRecorder();
        var client = Pan123Client.Create(
            new Pan123ClientOptions { AccessToken = Canary }, builder => builder.SendTo(primaryHandler));

        client.Dispose();

        Assert.That(primaryHandler.IsDisposed, Is.True);
    }

    private static IConfiguration Section(params (string Key, string? Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.ToDictionary(pair => $"Pan123:{pair.Key}", pair => pair.Value))
        .Build()
        .GetSection("Pan123");

    private sealed class RateLimitedClient : Pan123Client
    {
        public override Task<DeleteFilesResponse> DeleteFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default) =>
            throw new Pan123ApiException(HttpStatusCode.OK, Pan123ErrorCode.TooManyRequests, "too many requests", null);
    }

    private sealed class DisposalRecorder : HttpMessageHandler
    {
        public bool IsDisposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }

    /// <summary>A container that knows these registrations, and cannot say what else there is.</summary>
    private sealed class Registrations(params ClientRegistration[] registrations) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(IEnumerable<ClientRegistration>) ? registrations : null;
    }

    private sealed class EmptyFake : Pan123Client;

    private sealed class DerivedPolicyHandler(IAsyncPolicy<HttpResponseMessage> policy) : PolicyHttpMessageHandler(policy);

    private sealed class TaggingHandler : DelegatingHandler
    {
        public const string Header = "X-Tag";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add(Header, "all clients");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class CountingProvider(string token) : IAccessTokenProvider
    {
        public int Calls { get; private set; }

        public ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken)
        {
            Calls++;
            return new(new AccessToken(token));
        }
    }
}
