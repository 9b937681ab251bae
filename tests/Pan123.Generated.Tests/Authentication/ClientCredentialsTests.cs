using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pan123.Tests;

/// <summary>Access tokens that the client issues itself, with its credentials.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class ClientCredentialsTests : IDisposable
{
    private const string Secret = "canary-client-secret";

    private readonly Service _service = new();
    private readonly ManualClock _clock = new();
    private readonly LogRecorder _logs = new();

    [TearDown]
    public void Dispose()
    {
        _service.Dispose();
        _logs.Dispose();
    }

    [Test]
    public async Task A_token_is_issued_once_and_kept()
    {
        using var client = CreateClient();

        await client.DeleteFilesAsync([1]);
        await client.DeleteFilesAsync([2]);

        Assert.That(
            _service.Requests,
            Is.EqualTo(new[] { $$"""/api/v1/access_token - {"clientID":"id","clientSecret":"{{Secret}}"}""", """/api/v1/file/delete token-1 {"fileIDs":[1]}""", """/api/v1/file/delete token-1 {"fileIDs":[2]}""" }));
    }

    [Test]
    public async Task One_issue_serves_64_callers_at_once()
    {
        using var client = CreateClient();
        _service.HoldIssues();

        var calls = StartCalls(client, 64);
        await _service.IssueArrived;
        _service.ReleaseIssues();
        await Task.WhenAll(calls);

        Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((1, 64)));
    }

    [Test]
    public async Task One_issue_serves_64_callers_whose_token_was_refused()
    {
        using var client = CreateClient();
        await client.DeleteFilesAsync([1]);
        _service.RevokeTokens();

        await Task.WhenAll(Enumerable.Range(1, 64).Select(id => Task.Run(() => client.DeleteFilesAsync([id]))));

        Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((2, 65)));
    }

    [Test]
    public async Task A_refused_token_is_renewed_once_and_no_more()
    {
        using var client = CreateClient();
        _service.Delete = () => Body(401, "token is expired");

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => client.DeleteFilesAsync([1])))!;

        Assert.Multiple(() =>
        {
            Assert.That(rejected.Code, Is.EqualTo(Pan123ErrorCode.Unauthorized));
            Assert.That(_service.Requests.Select(request => request.Split(' ')[1]), Is.EqualTo(new[] { "-", "token-1", "-", "token-2" }));
        });
    }

    [Test]
    public async Task A_token_that_is_refused_by_HTTP_status_is_renewed_too()
    {
        using var client = CreateClient();
        var isFirst = true;
        _service.Delete = () => isFirst && !(isFirst = false) ? new HttpResponseMessage(HttpStatusCode.Unauthorized) : Body(0, "ok");

        var response = await client.DeleteFilesAsync([1]);

        Assert.That((response.Code, _service.Issues), Is.EqualTo((0, 2)));
    }

    [Test]
    public async Task A_message_about_a_token_is_no_refusal_of_it()
    {
        using var client = CreateClient();
        _service.Delete = () => Body(1, "token bucket is empty");

        await Assert.ThrowsAsync<Pan123ApiException>(() => client.DeleteFilesAsync([1]));

        Assert.That(_service.Issues, Is.EqualTo(1));
    }

    [Test]
    public async Task Refused_credentials_fail_all_who_wait_with_the_services_words_and_the_next_call_may_try_again()
    {
        using var client = CreateClient();
        _service.Issue = () => Body(1, $"wrong secret {Secret}");
        _service.HoldIssues();

        var calls = StartCalls(client, 8);
        await _service.IssueArrived;
        _service.ReleaseIssues();
        var failures = await Task.WhenAll(calls.Select(call => CatchAsync<Pan123NotSentException>(call)));
        _service.Issue = null;
        await client.DeleteFilesAsync([1]);

        Assert.Multiple(() =>
        {
            Assert.That(failures.Select(failure => (Pan123ApiException)failure.InnerException!).Select(failure => (failure.Code, failure.ApiMessage)), Is.All.EqualTo(((Pan123ErrorCode?)Pan123ErrorCode.InternalError, "wrong secret [secret]")));
            Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((2, 1)));
        });
    }

    [Test]
    public async Task A_401_from_the_token_operation_does_not_ask_for_another_token([Values] bool inTheBody)
    {
        using var client = CreateClient();
        _service.Issue = () => inTheBody ? Body(401, "unauthorized") : new HttpResponseMessage(HttpStatusCode.Unauthorized);

        await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync([1]));

        Assert.That(_service.Requests, Has.Exactly(1).Items);
    }

    [TestCase("<html>", typeof(Pan123OutcomeUnknownException), "(withheld)")]
    [TestCase("""{"code":0,"message":"ok","data":null}""", typeof(ArgumentException), "reported success")]
    [TestCase("""{"code":0,"message":"ok","data":{"accessToken":"canary-new-token"}}""", typeof(Pan123OutcomeUnknownException), "'expiredAt'", "(withheld)")]
    [TestCase("""{"code":0,"message":"ok","data":{"accessToken":"canary-new-token","expiredAt":"soon, canary-new-token"}}""", typeof(Pan123OutcomeUnknownException), "'expiredAt'", "(withheld)")]
    [TestCase("""{"code":0,"message":"ok","data":{"accessToken":["canary-new-token"],"expiredAt":"2030-01-01T00:00:00+08:00"}}""", typeof(Pan123OutcomeUnknownException), "'accessToken'", "(withheld)")]
    [TestCase("""{"code":0,"message":"ok","data":{"accessToken":"canary-new-token\r\n","expiredAt":"2030-01-01T00:00:00+08:00"}}""", typeof(ArgumentException), "17 of 18")]
    [TestCase("""{"code":0,"message":"ok","data":{"accessToken":"canary-new-token","expiredAt":"2030-01-01T00:00:00+08:00"}""", typeof(Pan123OutcomeUnknownException), "(withheld)")]
    [TestCase("""{"code":0,"message":"ok","data":{"canary-new-token":{"canary-client-secret" """, typeof(Pan123OutcomeUnknownException), "(withheld)")]
    public async Task Without_a_token_nothing_is_sent_and_no_secret_is_shown(string answer, Type failure, params string[] named)
    {
        using var client = CreateClient();
        _service.Issue = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) };

        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync([1])))!;

        Assert.Multiple(() =>
        {
            Assert.That(_service.Deletions, Is.Zero);
            Assert.That(notSent.InnerException, Is.TypeOf(failure));
            Assert.That(named.Where(part => !notSent.Message.Contains(part, StringComparison.Ordinal)), Is.Empty, notSent.Message);
            Assert.That(notSent.ToString(), Does.Not.Contain("canary"));
        });
    }

#if NETSTANDARD_BUILD
    [Test]
    public void These_tests_run_in_another_time_zone() => Assert.That(TimeZoneInfo.Local.BaseUtcOffset, Is.EqualTo(TimeSpan.FromHours(14)));
#endif

    [Test]
    public async Task A_token_is_renewed_before_it_expires_by_the_margin()
    {
        using var client = CreateClient(options => options.AccessTokenRenewalMargin = TimeSpan.FromMinutes(10));
        await client.DeleteFilesAsync([1]);

        _clock.Now += Service.TokenLifetime - TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1);
        await client.DeleteFilesAsync([2]);
        var issuesBefore = _service.Issues;
        _clock.Now += TimeSpan.FromTicks(1);
        await client.DeleteFilesAsync([3]);

        Assert.That((issuesBefore, _service.Issues), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_token_that_lives_shorter_than_the_margin_is_used_for_half_its_life()
    {
        using var client = CreateClient(options => options.AccessTokenRenewalMargin = TimeSpan.FromDays(365));
        await client.DeleteFilesAsync([1]);

        _clock.Now += (Service.TokenLifetime / 2) - TimeSpan.FromTicks(1);
        await client.DeleteFilesAsync([2]);
        var issuesBefore = _service.Issues;
        _clock.Now += TimeSpan.FromTicks(1);
        await client.DeleteFilesAsync([3]);

        Assert.That((issuesBefore, _service.Issues), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_token_that_is_expired_when_it_is_issued_is_used_until_it_is_refused()
    {
        using var client = CreateClient();
        _clock.Now += Service.TokenLifetime;

        await client.DeleteFilesAsync([1]);
        await client.DeleteFilesAsync([2]);
        var issuesBefore = _service.Issues;
        _service.RevokeTokens();
        await client.DeleteFilesAsync([3]);

        Assert.That((issuesBefore, _service.Issues), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_caller_that_gives_up_leaves_the_others_their_token()
    {
        using var client = CreateClient();
        using var cancellation = new CancellationTokenSource();
        _service.HoldIssues();

        var impatient = client.DeleteFilesAsync([1], cancellation.Token);
        var patient = client.DeleteFilesAsync([2]);
        await _service.IssueArrived;
        await cancellation.CancelAsync();
        await CatchAsync<OperationCanceledException>(impatient);
        _service.ReleaseIssues();
        await patient;

        Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Clients_of_one_container_share_a_token()
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(_clock).AddPan123Client(Configure).SendTo(_service);
        await using var services = collection.BuildServiceProvider();

        await services.GetRequiredService<IPan123Client>().DeleteFilesAsync([1]);
        await services.GetRequiredService<IPan123Client>().DeleteFilesAsync([2]);

        Assert.That(_service.Issues, Is.EqualTo(1));
    }

    [Test]
    public async Task The_token_outlives_the_handlers_that_the_factory_renews()
    {
        await using var services = new ServiceCollection().AddPan123Client(Configure).Services.BuildServiceProvider();

        var (first, second) = (services.GetRequiredService<AccountRegistry>().Get("").ClientCredentials, services.GetRequiredService<AccountRegistry>().Get("").ClientCredentials);

        Assert.That(second, Is.SameAs(first));
    }

    [Test]
    public async Task Processes_with_one_distributed_cache_share_a_token()
    {
        var cache = new StubCache();
        using var one = CreateClient(cache: cache);
        using var other = CreateClient(cache: cache);

        await one.DeleteFilesAsync([1]);
        await other.DeleteFilesAsync([2]);

        Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_distributed_cache_keeps_a_token_until_it_expires_and_a_claim_for_30_seconds()
    {
        var cache = new StubCache();
        using var client = CreateClient(cache: cache);

        await client.DeleteFilesAsync([1]);

        Assert.That(
            cache.Lifetimes.Select(lifetime => (lifetime.AbsoluteExpirationRelativeToNow, lifetime.AbsoluteExpiration)),
            Is.EqualTo(new (TimeSpan?, DateTimeOffset?)[] { (TimeSpan.FromSeconds(30), null), (null, Service.Start + Service.TokenLifetime) }));
    }

    [Test]
    public async Task Processes_with_one_distributed_cache_renew_a_refused_token_once()
    {
        var cache = new StubCache();
        using var one = CreateClient(cache: cache);
        using var other = CreateClient(cache: cache);
        await one.DeleteFilesAsync([1]);
        await other.DeleteFilesAsync([2]);
        _service.RevokeTokens();

        await one.DeleteFilesAsync([3]);
        await other.DeleteFilesAsync([4]);

        Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((2, 4)));
    }

    [Test]
    public async Task Processes_with_one_distributed_cache_renew_an_outgoing_token_once()
    {
        var cache = new StubCache();
        using var one = CreateClient(cache: cache);
        using var other = CreateClient(cache: cache);
        await one.DeleteFilesAsync([1]);
        await other.DeleteFilesAsync([2]);
        _clock.Now += Service.TokenLifetime - TimeSpan.FromMinutes(1);
        _service.TokenExpiry = _clock.Now + Service.TokenLifetime;

        await one.DeleteFilesAsync([3]);
        await other.DeleteFilesAsync([4]);

        Assert.That(_service.Issues, Is.EqualTo(2));
    }

    [Test]
    public async Task An_expired_token_in_the_distributed_cache_is_not_used()
    {
        var cache = new StubCache();
        using var one = CreateClient(cache: cache);
        await one.DeleteFilesAsync([1]);
        _clock.Now += Service.TokenLifetime;
        using var other = CreateClient(cache: cache);

        await other.DeleteFilesAsync([2]);

        Assert.That(_service.Issues, Is.EqualTo(2));
    }

    [Test]
    public async Task A_token_of_other_credentials_is_not_used()
    {
        var cache = new StubCache();
        using var one = CreateClient(cache: cache);
        using var other = CreateClient(options => options.ClientId = "other", cache);

        await one.DeleteFilesAsync([1]);
        await other.DeleteFilesAsync([2]);

        Assert.That(_service.Issues, Is.EqualTo(2));
    }

    [Test]
    public async Task A_distributed_cache_that_cannot_be_asked_costs_a_token_and_no_call()
    {
        var cache = new StubCache { IsReadable = false };
        using var client = CreateClient(cache: cache);

        await client.DeleteFilesAsync([1]);

        Assert.Multiple(() =>
        {
            Assert.That((_service.Issues, _service.Deletions, cache.Calls), Is.EqualTo((1, 1, 1)), "A dead cache can take seconds to say so, so it is asked once.");
            Assert.That(_logs.MessagesOf(LogEvent.CacheNotRead), Has.Exactly(1).Items);
        });
    }

    [Test]
    public async Task A_distributed_cache_that_fails_to_keep_a_token_costs_no_call()
    {
        using var client = CreateClient(cache: new StubCache { KeepsTokens = false });

        await client.DeleteFilesAsync([1]);

        Assert.Multiple(() =>
        {
            Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((1, 1)));
            Assert.That(_logs.MessagesOf(LogEvent.CacheNotWritten), Has.Exactly(1).Items);
        });
    }

    [Test]
    public async Task Processes_that_start_in_the_same_instant_issue_one_token()
    {
        var cache = new StubCache();
        var clients = Enumerable.Range(0, 8).Select(_ => CreateClient(cache: cache)).ToList();

        await Task.WhenAll(clients.Select((client, id) => Task.Run(() => client.DeleteFilesAsync([id + 1]))));

        clients.ForEach(client => client.Dispose());
        Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((1, 8)));
    }

    [Test]
    public async Task Of_processes_that_claim_in_the_same_instant_one_issues()
    {
        var blind = 2;
        var cache = new StubCache();
        cache.Claim = () => Interlocked.Decrement(ref blind) >= 0 ? null : cache.LastClaim;
        var clock = new WaitedClock();
        using var one = CreateClient(cache: cache, clock: clock);
        using var other = CreateClient(cache: cache, clock: clock);
        _service.HoldIssues();

        Task[] calls = [one.DeleteFilesAsync([1]), other.DeleteFilesAsync([2])];
        await clock.WaitedForAsync(TimeSpan.FromMilliseconds(100), times: 2);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        await _service.IssueArrived;
        await clock.WaitedForAsync(TimeSpan.FromMilliseconds(100), times: 3);
        _service.ReleaseIssues();
        await await Task.WhenAny(calls);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        await Task.WhenAll(calls);

        Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Without_a_distributed_cache_nothing_is_said_of_one()
    {
        using var client = CreateClient();

        await client.DeleteFilesAsync([1]);

        Assert.That(_logs.Events.Select(each => each.EventId), Is.EqualTo([LogEvent.TokenIssued, LogEvent.Deleted]));
    }

    [Test]
    public async Task Processes_that_wait_for_a_token_that_cannot_be_issued_issue_their_own()
    {
        var cache = new StubCache();
        using var one = CreateClient(cache: cache);
        using var other = CreateClient(cache: cache);
        _service.HoldIssues();
        var isFirst = true;
        _service.Issue = () => isFirst && !(isFirst = false) ? Body(1, "failed") : null;

        var first = one.DeleteFilesAsync([1]);
        await _service.IssueArrived;
        var second = other.DeleteFilesAsync([2]);
        _service.ReleaseIssues();
        await CatchAsync<Pan123NotSentException>(first);
        await second;

        Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((2, 1)));
    }

    [TestCase("dead-process", 30.1)]
    [TestCase(null, 0.1)]
    public async Task A_claim_that_nobody_ends_or_that_the_cache_loses_stops_nobody_for_ever(string? claim, double seconds)
    {
        var clock = new WaitedClock();
        using var client = CreateClient(cache: new StubCache { Claim = () => claim }, clock: clock);

        var call = client.DeleteFilesAsync([1]);
        await clock.WaitedForAsync(TimeSpan.FromMilliseconds(100));
        clock.Advance(TimeSpan.FromSeconds(seconds));
        await call;

        Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((1, 1)));
    }

    [TestCase("")]
    [TestCase("token-7")]
    [TestCase("soon token-7")]
    [TestCase("2030-01-01T00:00:00.0000000+08:00 token 7")]
    [TestCase("2030-01-01T00:00:00.0000000+08:00 ")]
    public async Task What_is_no_token_in_the_distributed_cache_is_not_used(string entry)
    {
        var cache = new StubCache { Entry = entry };
        using var client = CreateClient(cache: cache);

        await client.DeleteFilesAsync([1]);

        Assert.That((_service.Issues, _service.Deletions), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task No_secret_is_in_a_log()
    {
        using var client = CreateClient();
        await client.DeleteFilesAsync([1]);
        _service.RevokeTokens();
        await client.DeleteFilesAsync([2]);

        Assert.That(_logs.Text, Does.Contain("/api/v1/access_token").And.Not.Contains(Secret).And.Not.Contains("token-1").And.Not.Contains("token-2"));
    }

    private static HttpResponseMessage Body(int code, string message, string data = "null") =>
        new(HttpStatusCode.OK) { Content = new StringContent($$"""{"code":{{code}},"message":"{{message}}","data":{{data}}}""") };

    // Each runs until it waits, for a token or for an answer, before the next one starts.
    private static Task[] StartCalls(Pan123Client client, int count) =>
        [.. Enumerable.Range(1, count).Select(id => client.DeleteFilesAsync([id]))];

    private static async Task<TException> CatchAsync<TException>(Task call)
        where TException : Exception
    {
        try
        {
            await call;
        }
        catch (TException expected)
        {
            return expected;
        }

        throw new AssertionException($"There was no {typeof(TException).Name}.");
    }

    private static void Configure(Pan123ClientOptions options) => (options.ClientId, options.ClientSecret) = ("id", Secret);

    private StandalonePan123Client CreateClient(
        Action<Pan123ClientOptions>? configure = null, IDistributedCache? cache = null, TimeProvider? clock = null)
    {
        var options = new Pan123ClientOptions { MaxRetries = 0, RequestsPerSecond = null };
        Configure(options);
        configure?.Invoke(options);
        return Pan123Client.Create(options, builder =>
        {
            builder.Services.AddSingleton(clock ?? _clock);
            if (cache is not null)
            {
                builder.Services.AddSingleton(cache);
            }

            builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs));
            builder.SendTo(_service);
        });
    }

    private sealed class ManualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Service.Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>Keeps what it is given, whatever the clock says, as a cache with a clock of its own may.</summary>
    private sealed class StubCache : IDistributedCache
    {
        private readonly ConcurrentDictionary<string, byte[]> _entries = new();

        private int _calls;

        public bool IsReadable { get; init; } = true;

        public bool KeepsTokens { get; init; } = true;

        /// <summary>What stands in the place of the claim; null for what was put there.</summary>
        public Func<string?>? Claim { get; set; }

        public string? LastClaim => _entries.FirstOrDefault(entry => IsClaim(entry.Key)).Value is { } claim ? Encoding.UTF8.GetString(claim) : null;

        public int Calls => _calls;

        /// <summary>How long each entry is to be kept.</summary>
        public ConcurrentQueue<DistributedCacheEntryOptions> Lifetimes { get; } = new();

        /// <summary>What stands in the place of the token.</summary>
        public string? Entry { get; init; }

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
        {
            Interlocked.Increment(ref _calls);
            if (!IsReadable)
            {
                throw new IOException("The cache is down.");
            }

            var entry = (IsClaim(key), Claim, Entry) switch
            {
                (true, { } claim, _) => claim(),
                (false, _, { } misfit) when !_entries.ContainsKey(key) => misfit,
                _ => null,
            };
            return Task.FromResult(entry is not null ? Encoding.UTF8.GetBytes(entry) : IsClaim(key) && Claim is not null ? null : _entries.GetValueOrDefault(key));
        }

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Interlocked.Increment(ref _calls);
            Lifetimes.Enqueue(options);
            _entries[key] = KeepsTokens || IsClaim(key) ? value : throw new IOException("The cache is down.");
            return Task.CompletedTask;
        }

        private static bool IsClaim(string key) => key.EndsWith(":Claim", StringComparison.Ordinal);

        public byte[]? Get(string key) => throw new NotSupportedException();

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

        public void Refresh(string key) => throw new NotSupportedException();

        public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

        public void Remove(string key) => throw new NotSupportedException();

        public Task RemoveAsync(string key, CancellationToken token = default)
        {
            _entries.TryRemove(key, out _);
            return Task.CompletedTask;
        }
    }

    /// <summary>Issues token-1, token-2, … and deletes for those that it has not revoked.</summary>
    private sealed class Service : HttpMessageHandler
    {
        public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        public static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(30);

        private readonly ConcurrentQueue<string> _requests = new();
        private readonly TaskCompletionSource _issueArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource? _hold;
        private int _issued;
        private int _revoked;
        private int _deletions;

        public DateTimeOffset TokenExpiry { get; set; } = Start + TokenLifetime;

        public Func<HttpResponseMessage?>? Issue { get; set; }

        public Func<HttpResponseMessage>? Delete { get; set; }

        public IReadOnlyCollection<string> Requests => _requests;

        public int Issues => _requests.Count(request => request.StartsWith("/api/v1/access_token ", StringComparison.Ordinal));

        public int Deletions => _deletions;

        public Task IssueArrived => _issueArrived.Task;

        public void HoldIssues() => _hold = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void ReleaseIssues() => _hold!.SetResult();

        public void RevokeTokens() => _revoked = _issued;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var token = request.Headers.Authorization?.Parameter ?? "-";
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            _requests.Enqueue($"{request.RequestUri!.AbsolutePath} {token} {body}");

            return request.RequestUri.AbsolutePath == "/api/v1/access_token" ? await IssueAsync() : AnswerDeletion(token);
        }

        private async Task<HttpResponseMessage> IssueAsync()
        {
            _issueArrived.TrySetResult();
            if (_hold is { } hold)
            {
                await hold.Task;
            }

            var number = Interlocked.Increment(ref _issued);
            var expiredAt = TokenExpiry.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
            return Issue?.Invoke() ?? Body(0, "ok", $$"""{"accessToken":"token-{{number}}","expiredAt":"{{expiredAt}}"}""");
        }

        private HttpResponseMessage AnswerDeletion(string token)
        {
            if (Delete is not null)
            {
                return Delete();
            }

            if (int.Parse(token.Split('-')[1], CultureInfo.InvariantCulture) <= _revoked)
            {
                return Body(401, "token is expired");
            }

            Interlocked.Increment(ref _deletions);
            return Body(0, "ok");
        }
    }
}
