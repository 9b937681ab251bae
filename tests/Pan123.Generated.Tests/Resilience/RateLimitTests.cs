using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;
using Polly.RateLimiting;

namespace Pan123.Tests;

/// <summary>How many requests are sent within a second, over real HTTP and by a clock that the test sets.</summary>
public sealed class RateLimitTests() : EmulatorFixture(FirstIds(100))
{
    // A second, and a little for the clocks.
    private static readonly TimeSpan Second = TimeSpan.FromMilliseconds(1005);

    private readonly WaitedClock _clock = new();

    [Test]
    public async Task A_second_sees_so_many_requests_and_no_more()
    {
        using var client = CreateClient(options => options.RequestsPerSecond = 3);

        var calls = Enumerable.Range(1, 7).Select(id => client.DeleteFilesAsync([id])).ToList();
        await Task.WhenAll(calls.Take(3));
        await _clock.WaitedForAsync(Second);
        _clock.Advance(Second - TimeSpan.FromTicks(1));
        var inTheFirst = Emulator.Requests.Count;
        _clock.Advance(TimeSpan.FromTicks(1));
        await Task.WhenAll(calls.Take(6));
        var inTheSecond = Emulator.Requests.Count;
        _clock.Advance(Second);
        await Task.WhenAll(calls);

        Assert.That((inTheFirst, inTheSecond, Emulator.Requests.Count), Is.EqualTo((3, 6, 7)));
    }

    [Test]
    public async Task Each_operation_keeps_to_the_limit_that_is_documented_for_it()
    {
        Emulator.Drive.AddActive([.. FirstIds(7).Select(id => id + 100)]);
        using var client = CreateClient();

        var trashing = FirstIds(7).Select(id => client.TrashFilesAsync([id + 100])).ToList();
        var finding = FirstIds(12).Select(id => client.GetFilesAsync([id])).ToList();
        await Task.WhenAll([.. trashing.Take(5), .. finding.Take(10)]);
        await _clock.WaitedForAsync(Second, times: 2);

        var documented = Pan123EmulatorOptions.DocumentedRequestsPerSecond.Where(limit => limit.Key is Pan123Emulator.TrashFilesPath or Pan123Emulator.GetFilesPath);
        Assert.That(Emulator.Requests.CountBy(request => request.PathAndQuery), Is.EquivalentTo(documented));
    }

    [Test]
    public async Task The_second_begins_with_the_answer_since_nobody_knows_when_a_request_arrives()
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders());
        using var client = CreateClient(options => (options.RequestsPerSecond, options.MaxRetries, options.AttemptTimeout) = (1, 0, TimeSpan.FromSeconds(20)));

        var slow = client.DeleteFilesAsync([1]);
        await Emulator.WaitForRequestAsync();
        var next = client.DeleteFilesAsync([2]);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => slow);
        await _clock.WaitedForAsync(Second);
        var sentAtOnce = Emulator.Requests.Count - 1;
        _clock.Advance(Second);
        await next;

        Assert.That((sentAtOnce, Emulator.Requests.Count), Is.EqualTo((0, 2)));
    }

    [Test]
    public async Task A_repetition_at_one_request_a_second_is_no_deadlock()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(429, "too many requests"));
        using var client = CreateClient(options => (options.RequestsPerSecond, options.RetryDelay) = (1, TimeSpan.FromMilliseconds(10)), TimeProvider.System);

        await client.DeleteFilesAsync([1]);

        Assert.That(Emulator.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_request_that_is_sent_again_with_another_token_takes_a_permit_too()
    {
        using var client = CreateClient(options =>
        {
            (options.RequestsPerSecond, options.AccessToken) = (1, null);
            (options.ClientId, options.ClientSecret) = (Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret);
        });
        Emulator.Faults.Enqueue(Fault.BodyCode(401, "token is expired"), path: Pan123Emulator.DeleteFilesPath);

        var call = client.DeleteFilesAsync([1]);

        // Two operations, each with its limit: one token and one deletion go at once, another of each a second later.
        await Emulator.WaitForRequestAsync(2);
        await _clock.WaitedForAsync(Second);
        var requestsBefore = Emulator.Requests.Count;
        _clock.Advance(Second);
        await call;

        Assert.That((requestsBefore, Emulator.Requests.Count), Is.EqualTo((2, 4)));
    }

    [Test]
    public async Task A_429_lets_all_callers_wait()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(System.Net.HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)));
        using var client = CreateClient(options => options.RequestsPerSecond = null);
        var told = client.DeleteFilesAsync([1]);
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(7));

        var others = Enumerable.Range(2, 5).Select(id => client.DeleteFilesAsync([id])).ToList();
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(7), times: 6);
        _clock.Advance(TimeSpan.FromSeconds(7) - TimeSpan.FromTicks(1));
        var requestsBefore = Emulator.Requests.Count;
        _clock.Advance(TimeSpan.FromTicks(1));
        await Task.WhenAll([told, .. others]);

        Assert.That((requestsBefore, Emulator.Requests.Count), Is.EqualTo((1, 7)));
    }

    [Test]
    public async Task A_shorter_pause_does_not_end_a_longer_one()
    {
        using var first = new RawServer();
        using var client = CreateClient(options => (options.BaseAddress, options.RequestsPerSecond) = (first.BaseAddress, null));
        var calls = Task.WhenAll(client.DeleteFilesAsync([1]), client.DeleteFilesAsync([2]));
        await first.AnswerAsync("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7", "");
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(7));
        await first.AnswerAsync("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 2", "");

        // Each waits for the longer one.
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(7), times: 2);
        _clock.Advance(TimeSpan.FromSeconds(7));
        await first.AnswerAsync();
        await first.AnswerAsync();
        await calls;
    }

    [Test]
    public async Task Without_Retry_After_the_pause_is_the_retry_delay_and_longer_each_time()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(429, "too many requests"), times: 7);
        using var client = CreateClient(options => (options.MaxRetries, options.RequestsPerSecond, options.RetryDelay) = (0, null, TimeSpan.FromSeconds(1)));

        var call = client.DeleteFilesAsync([1]);
        foreach (var (pause, index) in new[] { 1, 2, 4, 8, 16, 16, 16 }.Select((pause, index) => (TimeSpan.FromSeconds(pause), index)))
        {
            await _clock.WaitedForAsync(pause, times: Math.Max(1, index - 3));
            _clock.Advance(pause);
        }

        await call;
        Assert.That(Emulator.Requests, Has.Count.EqualTo(8));
    }

    [TestCase("0")]
    [TestCase("Wed, 31 Dec 2025 23:59:59 GMT")]
    public async Task Retry_After_that_leaves_no_time_to_wait_is_as_none_at_all(string retryAfter)
    {
        _clock.SetUtcNow(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var server = new RawServer();
        using var client = CreateClient(options => (options.BaseAddress, options.RequestsPerSecond, options.RetryDelay) = (server.BaseAddress, null, TimeSpan.FromSeconds(17)));
        var call = client.DeleteFilesAsync([1]);
        await server.AnswerAsync($"HTTP/1.1 429 Too Many Requests\r\nRetry-After: {retryAfter}", "");

        await _clock.WaitedForAsync(TimeSpan.FromSeconds(17));
        Assert.That(server.HasPendingConnection, Is.False, "It would be sent again and again.");
        _clock.Advance(TimeSpan.FromSeconds(17));
        await server.AnswerAsync();
        await call;
    }

    [Test]
    public async Task A_pause_longer_than_a_call_may_take_ends_the_calls_of_all_at_once()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(System.Net.HttpStatusCode.TooManyRequests, TimeSpan.FromHours(1)));
        using var client = CreateClient();
        await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync([1]));
        _clock.Advance(Second);

        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync([2])))!;

        Assert.Multiple(() =>
        {
            Assert.That(notSent.InnerException, Is.TypeOf<RateLimiterRejectedException>().With.Property(nameof(RateLimiterRejectedException.RetryAfter)).EqualTo(TimeSpan.FromHours(1) - Second));
            Assert.That(Emulator.Requests, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task A_pause_of_deletions_is_none_of_token_issues()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(System.Net.HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), path: Pan123Emulator.AccessTokenPath);
        using var client = CreateClient();

        await client.DeleteFilesAsync([1]);

        Assert.That(Emulator.Faults.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_call_that_gives_up_waiting_sends_nothing_and_takes_nobodys_turn([Values] bool byCancelling)
    {
        using var client = CreateClient(options => (options.RequestsPerSecond, options.TotalTimeout, options.AttemptTimeout, options.CircuitBreakerSamplingDuration) =
            (1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
        using var cancellation = new CancellationTokenSource();
        await client.DeleteFilesAsync([1]);

        var waiting = client.DeleteFilesAsync([2], cancellation.Token);
        if (byCancelling)
        {
            await cancellation.CancelAsync();
            var cancelled = (await Assert.CatchAsync<OperationCanceledException>(() => waiting))!;
            Assert.That(cancelled.InnerException, Is.InstanceOf<Pan123NotSentException>());
        }
        else
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Assert.ThrowsAsync<Pan123NotSentException>(() => waiting);
        }

        _clock.Advance(Second);
        await client.DeleteFilesAsync([3]);

        Assert.That(Emulator.Drive.DeletedFileIds, Is.EqualTo(new long[] { 1, 3 }));
    }

    [Test]
    public async Task A_limiter_of_the_application_takes_the_place_of_the_limit()
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = 100 });
        using var client = CreateClient(options => (options.RateLimiter, options.RequestsPerSecond) = (limiter, 1));

        await Task.WhenAll(Enumerable.Range(1, 20).Select(id => client.DeleteFilesAsync([id])));

        Assert.That((Emulator.Requests.Count, limiter.GetStatistics()!.CurrentAvailablePermits), Is.EqualTo((20, 1)));
    }

    [Test]
    public async Task A_limiter_of_the_application_that_has_no_queue_is_asked_again_when_it_says()
    {
        var limiter = new Turnstile(TimeSpan.FromSeconds(3));
        using var client = CreateClient(options => options.RateLimiter = limiter);

        var call = client.DeleteFilesAsync([1]);
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(3));
        limiter.IsOpen = true;
        _clock.Advance(TimeSpan.FromSeconds(3));
        await call;

        Assert.That(limiter.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task A_limiter_of_the_application_gets_back_what_it_refused_and_what_was_not_used()
    {
        var limiter = new Turnstile(TimeSpan.FromSeconds(3));
        using var client = CreateClient(options => (options.RateLimiter, options.MaxRetries) = (limiter, 0));
        Emulator.Faults.Enqueue(Fault.HttpStatus(System.Net.HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)));
        using var cancellation = new CancellationTokenSource();

        var waiting = client.DeleteFilesAsync([1], cancellation.Token);
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(3));
        limiter.IsOpen = true;
        _clock.Advance(TimeSpan.FromSeconds(3));
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(7));
        await cancellation.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => waiting);

        Assert.That((limiter.Asked, limiter.GivenBack), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task A_limiter_of_the_application_that_never_lets_through_ends_the_call_when_its_time_is_out()
    {
        using var client = CreateClient(options => options.RateLimiter = new Turnstile(TimeSpan.MaxValue));

        var call = client.DeleteFilesAsync([1]);
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(90));
        _clock.Advance(TimeSpan.FromSeconds(90));

        await Assert.ThrowsAsync<Pan123NotSentException>(() => call);
    }

    [TestCase(null)]
    [TestCase(0)]
    public async Task A_limiter_of_the_application_that_says_nothing_is_asked_again_after_the_retry_delay(int? retryAfter)
    {
        var limiter = new Turnstile(retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        using var client = CreateClient(options => (options.RateLimiter, options.RetryDelay) = (limiter, TimeSpan.FromSeconds(17)));

        var call = client.DeleteFilesAsync([1]);
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(17));
        limiter.IsOpen = true;
        _clock.Advance(TimeSpan.FromSeconds(17));
        await call;

        Assert.That(limiter.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task A_limiter_of_the_application_is_not_asked_for_token_issues()
    {
        var limiter = new Turnstile(retryAfter: null) { IsOpen = true };
        using var client = CreateClient(options =>
        {
            (options.RateLimiter, options.AccessToken) = (limiter, null);
            (options.ClientId, options.ClientSecret) = (Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret);
        });

        await client.DeleteFilesAsync([1]);

        Assert.That((Emulator.Requests.Count, limiter.Asked), Is.EqualTo((2, 1)));
    }

    private StandalonePan123Client CreateClient(Action<Pan123ClientOptions>? configure = null, TimeProvider? clock = null) => CreateClient(clock ?? _clock, configure);

    /// <summary>Has no queue: it lets through or not, and may say when to come again.</summary>
    private sealed class Turnstile(TimeSpan? retryAfter) : RateLimiter
    {
        public bool IsOpen { get; set; }

        public int Asked { get; private set; }

        public int GivenBack { get; private set; }

        public override TimeSpan? IdleDuration => null;

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => throw new NotSupportedException();

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
        {
            Asked++;
            return new(new Lease(IsOpen, retryAfter, () => GivenBack++));
        }

        private sealed class Lease(bool isAcquired, TimeSpan? retryAfter, Action giveBack) : RateLimitLease
        {
            public override bool IsAcquired => isAcquired;

            public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

            public override bool TryGetMetadata(string metadataName, out object? metadata)
            {
                metadata = retryAfter;
                return retryAfter is not null;
            }

            protected override void Dispose(bool disposing)
            {
                giveBack();
                base.Dispose(disposing);
            }
        }
    }
}
