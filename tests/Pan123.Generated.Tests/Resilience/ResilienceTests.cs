using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>What is repeated, when, and for how long, over real HTTP and by a clock that the test sets.</summary>
public sealed class ResilienceTests() : EmulatorFixture(Ids)
{
    private static readonly long[] Ids = [14705301, 14705306];

    // Longer than no time at all, and shorter than the time of an attempt: a backoff, whatever chance makes of it.
    private static readonly TimeSpan Least = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(29);

    private readonly WaitedClock _clock = new();

    private static readonly Fault[] Passing =
    [
        Fault.BodyCode(503, "busy"),
        Fault.HttpStatus(HttpStatusCode.RequestTimeout),
        Fault.HttpStatus(HttpStatusCode.InternalServerError),
        Fault.HttpStatus(HttpStatusCode.ServiceUnavailable),
        Fault.Html(),
        Fault.EmptyBody(),
        Fault.TruncatedJson(),
        Fault.ConnectionReset(),
        Fault.ConnectionResetInBody(),
    ];

    private static readonly Fault[] Final =
    [
        Fault.BodyCode(1, "failed"),
        Fault.BodyCode(5066, "file not found"),
        Fault.BodyCode(400, "bad request"),
        Fault.HttpStatus(HttpStatusCode.BadRequest),
        Fault.HttpStatus(HttpStatusCode.Forbidden),
        Fault.HttpStatus(HttpStatusCode.NotFound),
    ];

    [TestCaseSource(nameof(Passing))]
    public async Task What_may_pass_is_repeated(Fault fault)
    {
        Emulator.Faults.Enqueue(fault, times: 2);
        using var client = CreateClient(options => options.RetryDelay = TimeSpan.FromMilliseconds(1), TimeProvider.System);

        await client.DeleteFilesAsync(Ids);

        Assert.That((Emulator.Requests.Count, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((3, 2)));
    }

    [TestCaseSource(nameof(Passing))]
    public async Task What_does_not_pass_is_repeated_so_often_and_no_more(Fault fault)
    {
        Emulator.Faults.Enqueue(fault, times: 10);
        using var client = CreateClient(options => (options.RetryDelay, options.MaxRetries) = (TimeSpan.FromMilliseconds(1), 2), TimeProvider.System);

        await Assert.CatchAsync<Pan123Exception>(() => client.DeleteFilesAsync(Ids));

        Assert.That(Emulator.Requests, Has.Count.EqualTo(3));
    }

    [TestCaseSource(nameof(Final))]
    public async Task Any_other_refusal_is_final(Fault fault)
    {
        Emulator.Faults.Enqueue(fault);
        using var client = CreateClient(_ => { }, TimeProvider.System);

        await Assert.ThrowsAsync<Pan123ApiException>(() => client.DeleteFilesAsync(Ids));

        Assert.That(Emulator.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_wait_before_a_repetition_grows_and_is_spread()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.ServiceUnavailable), times: 4);
        using var client = CreateClient(options => options.RetryDelay = TimeSpan.FromSeconds(4));

        var call = client.DeleteFilesAsync(Ids);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await Emulator.WaitForRequestAsync(attempt);
            await _clock.WaitedForAsync(Least, Most, attempt);
            _clock.Advance(Most);
        }

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => call);
        var waits = _clock.Waits.Where(wait => wait < Most).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(waits, Has.Count.EqualTo(3));
            Assert.That(waits.Sum(wait => wait.TotalSeconds), Is.InRange(11, 23), "What chance makes of 4 + 8 + 16 seconds.");
            Assert.That(waits, Has.None.EqualTo(TimeSpan.FromSeconds(4)), "Without jitter, clients that failed together would come back together.");
        });
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task Retry_After_is_kept_to(int status)
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus((HttpStatusCode)status, TimeSpan.FromSeconds(7)));
        using var client = CreateClient();

        var call = client.DeleteFilesAsync(Ids);
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(7));
        _clock.Advance(TimeSpan.FromSeconds(7) - TimeSpan.FromTicks(1));
        var requestsBefore = Emulator.Requests.Count;
        _clock.Advance(TimeSpan.FromTicks(1));
        await call;

        Assert.That((requestsBefore, Emulator.Requests.Count), Is.EqualTo((1, 2)));
    }

    [TestCase("Thu, 01 Jan 2026 00:00:09 GMT", ExpectedResult = 9)]
    [TestCase("9", ExpectedResult = 9)]
    public async Task<double> Retry_After_may_be_a_time_or_a_number_of_seconds(string retryAfter)
    {
        _clock.SetUtcNow(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var server = new RawServer();
        using var client = CreateClient(options => options.BaseAddress = server.BaseAddress);

        var call = client.DeleteFilesAsync(Ids);
        await server.AnswerAsync($"HTTP/1.1 503 Service Unavailable\r\nRetry-After: {retryAfter}", "");
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(9));
        _clock.Advance(TimeSpan.FromSeconds(9));
        await server.AnswerAsync();
        await call;

        return _clock.Waits.Min(wait => wait.TotalSeconds);
    }

    [Test]
    public async Task Retry_After_none_means_at_once()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.ServiceUnavailable, TimeSpan.Zero));
        using var client = CreateClient();

        await client.DeleteFilesAsync(Ids);

        Assert.That(Emulator.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Retry_After_in_the_past_means_the_usual_wait()
    {
        _clock.SetUtcNow(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var server = new RawServer();
        using var client = CreateClient(options => options.BaseAddress = server.BaseAddress);

        var call = client.DeleteFilesAsync(Ids);
        await server.AnswerAsync("HTTP/1.1 503 Service Unavailable\r\nRetry-After: Wed, 31 Dec 2025 23:59:59 GMT", "");
        await _clock.WaitedForAsync(Least, Most);
        _clock.Advance(Most);
        await server.AnswerAsync();

        Assert.That((await call).Code, Is.Zero);
    }

    [Test]
    public async Task Retry_After_beyond_the_total_time_ends_the_call_at_once_with_the_refusal()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(91)));
        using var client = CreateClient();

        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync(Ids)))!;

        Assert.That(((notSent.InnerException as Pan123ApiException)?.StatusCode, Emulator.Requests.Count), Is.EqualTo((HttpStatusCode.TooManyRequests, 1)));
    }

    [Test]
    public async Task The_total_time_ends_a_call_that_waits_to_be_repeated_with_its_refusal()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(25)), times: 2);
        using var client = CreateClient(options => options.TotalTimeout = TimeSpan.FromSeconds(30));

        var call = client.DeleteFilesAsync(Ids);
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(25));
        _clock.Advance(TimeSpan.FromSeconds(25));
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(25), times: 2);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => call))!;

        Assert.That(((notSent.InnerException as Pan123ApiException)?.StatusCode, Emulator.Requests.Count), Is.EqualTo((HttpStatusCode.TooManyRequests, 2)));
    }

    [Test]
    public async Task An_attempt_that_stalls_ends_when_its_time_is_out([Values] bool headersCome)
    {
        Emulator.Faults.Enqueue(headersCome ? Fault.StalledBody() : Fault.StalledHeaders());
        using var client = CreateClient(options => (options.AttemptTimeout, options.MaxRetries) = (TimeSpan.FromSeconds(12), 0));

        var call = client.DeleteFilesAsync(Ids);
        await Emulator.WaitForRequestAsync();
        _clock.Advance(TimeSpan.FromSeconds(12) - TimeSpan.FromTicks(1));
        var endedBefore = call.IsCompleted;
        _clock.Advance(TimeSpan.FromTicks(1));
        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => call))!;

        Assert.That((endedBefore, unknown.FileIds), Is.EqualTo((false, Ids)));
    }

    [Test]
    public async Task An_attempt_that_stalls_is_repeated([Values] bool headersCome)
    {
        Emulator.Faults.Enqueue(headersCome ? Fault.StalledBody() : Fault.StalledHeaders());
        using var client = CreateClient();

        var call = client.DeleteFilesAsync(Ids);
        await Emulator.WaitForRequestAsync();
        _clock.Advance(TimeSpan.FromSeconds(30));
        await _clock.WaitedForAsync(Least, Most);
        _clock.Advance(Most);
        await call;

        Assert.That(Emulator.Drive.Count(FileState.Deleted), Is.EqualTo(2));
    }

    [Test]
    public async Task Cancelling_ends_what_stalls_while_the_clock_stands_still([Values] bool headersCome)
    {
        Emulator.Faults.Enqueue(headersCome ? Fault.StalledBody() : Fault.StalledHeaders());
        using var client = CreateClient();
        using var cancellation = new CancellationTokenSource();

        var call = client.DeleteFilesAsync(Ids, cancellation.Token);
        await Emulator.WaitForRequestAsync();
        await cancellation.CancelAsync();
        var cancelled = (await Assert.CatchAsync<OperationCanceledException>(() => call))!;

        Assert.Multiple(() =>
        {
            Assert.That(cancelled.CancellationToken, Is.EqualTo(cancellation.Token));
            Assert.That(cancelled.InnerException, Is.InstanceOf<Pan123OutcomeUnknownException>().With.Property(nameof(Pan123OutcomeUnknownException.FileIds)).EqualTo(Ids));
        });
    }

    [Test]
    public async Task Cancelled_before_it_was_sent_is_told_from_cancelled_after()
    {
        using var client = CreateClient();

        var cancelled = (await Assert.CatchAsync<OperationCanceledException>(() => client.DeleteFilesAsync(Ids, new CancellationToken(canceled: true))))!;

        Assert.Multiple(() =>
        {
            Assert.That(cancelled.InnerException, Is.InstanceOf<Pan123NotSentException>().With.InnerException.InstanceOf<OperationCanceledException>());
            Assert.That(Emulator.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task Cancelled_while_it_waits_after_a_429_is_not_sent()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(429, "too many requests"));
        using var client = CreateClient();
        using var cancellation = new CancellationTokenSource();

        var call = client.DeleteFilesAsync(Ids, cancellation.Token);
        await _clock.WaitedForAsync(Least, Most);
        await cancellation.CancelAsync();
        var cancelled = (await Assert.CatchAsync<OperationCanceledException>(() => call))!;

        Assert.That(
            cancelled.InnerException,
            Is.InstanceOf<Pan123NotSentException>().With.InnerException.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_refused_connection_is_tried_again()
    {
        using var client = CreateClient();
        await Emulator.StopAsync();

        var call = client.DeleteFilesAsync(Ids);
        await _clock.WaitedForAsync(Least, Most);
        await Emulator.RestartAsync();
        _clock.Advance(Most);
        await call;

        Assert.That((Emulator.Requests.Count, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task A_service_that_is_down_is_left_alone_for_a_while_and_then_asked_again()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.BadGateway), times: 4);
        using var client = CreateClient(options => (options.MaxRetries, options.CircuitBreakerMinimumThroughput, options.CircuitBreakerBreakDuration) = (0, 4, TimeSpan.FromMinutes(3)));
        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync(Ids));
        }

        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync(Ids)))!;
        var requestsBefore = Emulator.Requests.Count;
        _clock.Advance(TimeSpan.FromMinutes(3));
        await client.DeleteFilesAsync(Ids);

        Assert.Multiple(() =>
        {
            Assert.That((requestsBefore, Emulator.Requests.Count), Is.EqualTo((4, 5)));
            // By its name, which the Polly of other tests has too.
            Assert.That(notSent.InnerException?.GetType().FullName, Does.StartWith("Polly.CircuitBreaker.BrokenCircuitException"));
        });
    }

    [Test]
    public async Task A_call_waits_for_a_service_that_is_left_alone()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.BadGateway), times: 2);
        using var client = CreateClient(options => (options.CircuitBreakerMinimumThroughput, options.CircuitBreakerBreakDuration) = (2, TimeSpan.FromSeconds(25)));

        var call = client.DeleteFilesAsync(Ids);
        await _clock.WaitedForAsync(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(20));
        _clock.Advance(TimeSpan.FromSeconds(20));
        await Emulator.WaitForRequestAsync(2);
        await _clock.WaitedForAsync(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(20), times: 2);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(25));
        _clock.Advance(TimeSpan.FromSeconds(25));
        await call;

        Assert.That((Emulator.Requests.Count, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((3, 2)));
    }

    [Test]
    public async Task Refusals_do_not_make_a_service_one_that_is_down()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(429, "too many requests"), times: 8);
        using var client = CreateClient(options => (options.MaxRetries, options.CircuitBreakerMinimumThroughput, options.RetryDelay) = (0, 2, TimeSpan.FromMilliseconds(1)), TimeProvider.System);

        await client.DeleteFilesAsync(Ids);

        Assert.That(Emulator.Drive.Count(FileState.Deleted), Is.EqualTo(2));
    }

    [Test]
    public async Task What_an_application_gave_all_its_clients_does_not_double_the_repetitions([Values] bool before)
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.ServiceUnavailable), times: 20);
        var collection = new ServiceCollection();
        void Defaults() => collection.ConfigureHttpClientDefaults(defaults => defaults.AddStandardResilienceHandler());
        if (before)
        {
            Defaults();
        }

        collection.AddPan123Client(options =>
        {
            (options.BaseAddress, options.AccessToken) = (Emulator.BaseAddress, Emulator.AccessToken);
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
        });
        if (!before)
        {
            Defaults();
        }

        await using var services = collection.BuildServiceProvider();

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => services.GetRequiredService<IPan123Client>().DeleteFilesAsync(Ids));

        Assert.That(Emulator.Requests, Has.Count.EqualTo(4));
    }

    private StandalonePan123Client CreateClient(Action<Pan123ClientOptions>? configure = null, TimeProvider? clock = null) => CreateClient(clock ?? _clock, options =>
    {
        options.RequestsPerSecond = null;
        configure?.Invoke(options);
    });
}
