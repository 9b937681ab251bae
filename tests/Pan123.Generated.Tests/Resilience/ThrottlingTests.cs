using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pan123.Emulator;
using Pan123.Tests.Applications;

namespace Pan123.Tests;

/// <summary>A 429 says nothing about the files: a request is sent again for as long as its call, or the run that it belongs to, may take.</summary>
public sealed class ThrottlingTests() : EmulatorFixture(FirstIds(3000))
{
    private readonly WaitedClock _clock = new();

    protected override Pan123EmulatorOptions Options => new() { TimeProvider = _clock };

    private static readonly Fault[] Throttled =
    [
        Fault.BodyCode(429, "too many requests"),
        Fault.HttpStatus(HttpStatusCode.TooManyRequests),
        Fault.Response(HttpStatusCode.OK, "application/json", """{"code":429}"""),
        Fault.Response(HttpStatusCode.TooManyRequests, "application/json", """{"code":429,"message":"too many requests"}"""),
    ];

    [TestCaseSource(nameof(Throttled))]
    public async Task It_is_no_retry(Fault fault)
    {
        Emulator.Faults.Enqueue(fault, times: 5);
        using var client = CreateClient(options => options.MaxRetries = 0);

        await _clock.RunUntilAsync(client.DeleteFilesAsync([1]));

        Assert.That(Emulator.Requests, Has.Count.EqualTo(6));
    }

    [TestCaseSource(nameof(Throttled))]
    public async Task The_call_ends_within_its_total_time_as_not_sent(Fault fault)
    {
        Emulator.Faults.Enqueue(fault, times: 100);
        using var client = CreateClient();

        var began = _clock.GetUtcNow();
        var call = client.DeleteFilesAsync([1]);
        await Assert.ThrowsAsync<Pan123NotSentException>(() => _clock.RunUntilAsync(call));

        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => call))!;
        Assert.Multiple(() =>
        {
            Assert.That(_clock.GetUtcNow() - began, Is.InRange(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(92)));
            Assert.That(notSent.InnerException, Is.TypeOf<Pan123ApiException>());
            Assert.That(Emulator.Requests, Has.Count.EqualTo(9), "After 1, 2, 4, 8 and then each 16 seconds.");
            Assert.That(Emulator.Drive.Count(FileState.Deleted), Is.Zero);
        });
    }

    [Test]
    public async Task After_an_attempt_without_response_it_leaves_the_outcome_unknown()
    {
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.GatewayTimeout).AfterProcessing());
        Emulator.Faults.Enqueue(Fault.BodyCode(429, "too many requests"), times: 100);
        using var client = CreateClient();

        var call = client.DeleteFilesAsync([1]);

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => _clock.RunUntilAsync(call));
    }

    [Test]
    public async Task A_rejection_that_follows_is_a_verdict()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(429, "too many requests"));
        using var client = CreateClient();

        var call = client.DeleteFilesAsync([9999]);

        await Assert.ThrowsAsync<Pan123ApiException>(() => _clock.RunUntilAsync(call));
    }

    [Test]
    public async Task A_run_goes_on_for_as_long_as_the_service_lets_anything_through()
    {
        // Most batches wait for longer than a call may take.
        using var service = new LimitedTransport(_clock);
        using var client = Pan123Client.Create(
            new Pan123ClientOptions { AccessToken = FakeService.AccessToken, TotalTimeout = TimeSpan.FromSeconds(10), AttemptTimeout = TimeSpan.FromSeconds(10) },
            builder => builder.SendTo(service).Services.AddSingleton<TimeProvider>(_clock));

        var results = await _clock.RunUntilAsync(client.DeleteFilesInBatchesAsync(FirstIds(3000), new DeleteBatchOptions { Concurrency = 16 }).ToListAsync().AsTask());

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(result => result.Outcome), Has.Exactly(30).Items.And.All.EqualTo(DeleteOutcome.Deleted));
            Assert.That(service.LetThrough, Is.EqualTo(30));
            Assert.That(service.Throttled, Is.InRange(1, 3));
        });
    }

    [Test]
    public async Task A_run_ends_when_nothing_was_let_through_for_a_minute()
    {
        using var client = CreateClient(options => options.TotalTimeout = options.AttemptTimeout = TimeSpan.FromSeconds(30));
        await client.DeleteFilesAsync([1]);
        Emulator.Faults.Enqueue(Fault.BodyCode(429, "too many requests"), times: 1000);
        var began = _clock.GetUtcNow();

        var results = await _clock.RunUntilAsync(client.DeleteFilesInBatchesAsync(FirstIds(300)).ToListAsync().AsTask());

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(result => result.Outcome), Has.Exactly(3).Items.And.All.EqualTo(DeleteOutcome.NotSent));
            Assert.That(_clock.GetUtcNow() - began, Is.InRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(101)));
        });
    }

    [Test]
    public async Task A_run_does_not_wait_out_a_pause_longer_than_a_call_may_take()
    {
        using var client = CreateClient();
        await client.DeleteFilesAsync([1]);
        Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromHours(1)));

        var results = await _clock.RunUntilAsync(client.DeleteFilesInBatchesAsync(FirstIds(300)).ToListAsync().AsTask());

        Assert.That((results.Count(result => result.Outcome == DeleteOutcome.NotSent), Emulator.Requests.Count), Is.EqualTo((3, 2)));
    }

    [Test]
    public async Task A_run_that_is_stopped_does_not_send_a_batch_again()
    {
        using var client = Pan123Client.Create(
            new Pan123ClientOptions { BaseAddress = Emulator.BaseAddress, AccessToken = Emulator.AccessToken, TotalTimeout = TimeSpan.FromSeconds(30), AttemptTimeout = TimeSpan.FromSeconds(30) },
            builder => builder.AddHttpMessageHandler(() => new ApplicationHandler(SendUntilBothAreSentAsync)).Services.AddSingleton<TimeProvider>(_clock));
        await client.DeleteFilesAsync([1]);
        Emulator.Faults.Enqueue(Fault.BodyCode(5066, "file not found"));
        Emulator.Faults.Enqueue(Fault.BodyCode(429, "too many requests"), times: 1000);

        var began = _clock.GetUtcNow();
        var results = await _clock.RunUntilAsync(client.DeleteFilesInBatchesAsync(FirstIds(200), new DeleteBatchOptions { StopOnFirstFailure = true }).ToListAsync().AsTask());

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(result => result.Outcome), Is.EquivalentTo(new[] { DeleteOutcome.Rejected, DeleteOutcome.NotSent }));
            Assert.That(_clock.GetUtcNow() - began, Is.LessThan(TimeSpan.FromSeconds(45)));
        });

        // Otherwise the rejection might stop the run before the second batch is read.
        async Task<HttpResponseMessage> SendUntilBothAreSentAsync(HttpRequestMessage request, Send send)
        {
            var response = await send(request);
            if (Emulator.Requests.Count == 2)
            {
                await Emulator.WaitForRequestAsync(3);
            }

            return response;
        }
    }

    [Test]
    public async Task One_warning_a_minute_says_what_the_service_allows()
    {
        using var logs = new LogRecorder();
        Emulator.RequestsPerSecond = 1;
        using var client = Pan123Client.Create(
            new Pan123ClientOptions { BaseAddress = Emulator.BaseAddress, AccessToken = Emulator.AccessToken },
            builder => builder.Services.AddSingleton<TimeProvider>(_clock).AddLogging(logging => logging.AddProvider(logs)));

        var results = await _clock.RunUntilAsync(client.DeleteFilesInBatchesAsync(FirstIds(3000)).ToListAsync().AsTask());

        Assert.That(logs.MessagesOf(LogEvent.LowerLimit), Has.Exactly(1).Items);
    }

    private StandalonePan123Client CreateClient(Action<Pan123ClientOptions>? configure = null) => CreateClient(_clock, configure);

    /// <summary>A service that lets one request through within any second, and answers at once.</summary>
    private sealed class LimitedTransport(TimeProvider clock) : HttpMessageHandler
    {
        private readonly Lock _lock = new();
        private long? _last;

        public int LetThrough { get; private set; }

        public int Throttled { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            lock (_lock)
            {
                if (_last is { } last && clock.GetElapsedTime(last) < TimeSpan.FromSeconds(1))
                {
                    Throttled++;
                    return new HttpResponseMessage(HttpStatusCode.TooManyRequests);
                }

                _last = clock.GetTimestamp();
                LetThrough++;
                return new HttpResponseMessage { Content = new StringContent(FakeService.Success) };
            }
        }
    }
}
