using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>What an application sees of its client: metrics, activities and log lines.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class TelemetryTests : IAsyncDisposable
{
    // One for all tests: a source that is disposed of while another test begins to listen fails that test.
    private static readonly ActivitySource Test = new("Test");

    private readonly LogRecorder _logs = new();
    private readonly WaitedClock _clock = new();
    private readonly ConcurrentQueue<Activity> _activities = new();
    private readonly ActivityListener _listener;
    private Pan123Emulator _emulator = null!;
    private ServiceProvider _services = null!;
    private readonly ActivityTraceId _traceId = ActivityTraceId.CreateRandom();

    public TelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // Other tests run at the same time, and this listener hears them all.
                if (activity.TraceId == _traceId && activity.Source != Test)
                {
                    _activities.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [SetUp]
    public async Task StartAsync()
    {
        _emulator = await Pan123Emulator.StartAsync();
        _emulator.Drive.AddToRecycleBin(1, 2, 3);
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(_clock);
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs));
        collection.AddPan123Client(options =>
        {
            options.BaseAddress = _emulator.BaseAddress;
            (options.ClientId, options.ClientSecret) = (Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret);
            options.MaxRetries = 0;
        });
        _services = collection.BuildServiceProvider();
    }

    [TearDown]
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _logs.Dispose();
        await _services.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    private static IEnumerable<TestCaseData> Outcomes()
    {
        yield return new TestCaseData(null, "deleted").SetArgDisplayNames("deleted");
        yield return new TestCaseData(Fault.BodyCode(5066, "file not found"), "rejected").SetArgDisplayNames("rejected");
        yield return new TestCaseData(Fault.Html(), "unknown").SetArgDisplayNames("unknown");
    }

    [TestCaseSource(nameof(Outcomes))]
    public async Task Files_are_counted_by_outcome(Fault? fault, string outcome)
    {
        var files = Collect<long>("pan123.files");

        await DeleteAsync(fault);

        var measurement = files.GetMeasurementSnapshot().Single();
        Assert.That((measurement.Value, files.Instrument!.Unit, measurement.Tags["pan123.outcome"]), Is.EqualTo((3L, "{file}", (object)outcome)));
    }

    [TestCaseSource(nameof(Outcomes))]
    public async Task A_call_is_an_activity_with_its_outcome(Fault? fault, string outcome)
    {
        await DeleteAsync(fault);

        var activity = _activities.Single(activity => activity.OperationName == "Pan123.DeleteFiles");
        Assert.Multiple(() =>
        {
            Assert.That(activity.Source.Name, Is.EqualTo("Pan123"));
            Assert.That(activity.GetTagItem("pan123.outcome"), Is.EqualTo(outcome));
            Assert.That(activity.GetTagItem("pan123.file_count"), Is.EqualTo(3));
            Assert.That(activity.GetTagItem("pan123.trace_id"), outcome == "unknown" ? Is.Null : Does.EndWith("_emulator-2"));
            Assert.That(activity.Status, Is.EqualTo(outcome == "deleted" ? ActivityStatusCode.Unset : ActivityStatusCode.Error));
            Assert.That(activity.GetTagItem("error.type"), outcome == "deleted" ? Is.Null : Does.StartWith("Pan123."));
        });
    }

    [Test]
    public async Task Another_operation_has_its_own_name_and_outcome()
    {
        var files = Collect<long>("pan123.files");
        _emulator.Drive.AddActive(4);
        using (Test.StartActivity(ActivityKind.Internal, new ActivityContext(_traceId, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded)))
        {
            await Client.TrashFilesAsync([4]);
        }

        Assert.Multiple(() =>
        {
            Assert.That(files.LastMeasurement!.Tags, Is.EquivalentTo(new Dictionary<string, object?> { ["pan123.outcome"] = "trashed", ["pan123.operation"] = "trashFiles" }));
            Assert.That(_activities.Single(activity => activity.OperationName == "Pan123.TrashFiles").GetTagItem("pan123.outcome"), Is.EqualTo("trashed"));
            Assert.That(_logs.Events.Single(each => each.EventId == LogEvent.Deleted).Message, Does.StartWith("1 files trashed, trace ID "));
        });
    }

    [TestCaseSource(nameof(Outcomes))]
    public async Task A_call_is_a_log_line_with_its_outcome(Fault? fault, string outcome)
    {
        await DeleteAsync(fault);

        var (eventId, message) = _logs.Events.Single(each => each.EventId is LogEvent.Deleted or LogEvent.NotDeleted);
        Assert.Multiple(() =>
        {
            Assert.That(eventId, Is.EqualTo(outcome == "deleted" ? LogEvent.Deleted : LogEvent.NotDeleted));
            Assert.That(message, Does.StartWith("3 files ").And.Contains(outcome == "deleted" ? "_emulator-2" : outcome));
        });
    }

    [Test]
    public void Each_instrument_has_its_unit_and_a_description()
    {
        var instruments = new List<Instrument>();
        var factory = _services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Scope == factory && instrument.Meter.Name == "Pan123")
                {
                    instruments.Add(instrument);
                }
            },
        };
        listener.Start();

        _ = Client;

        Assert.That(
            instruments.ToDictionary(instrument => instrument.Name, instrument => instrument.Unit),
            Is.EquivalentTo(new Dictionary<string, string?>
            {
                ["pan123.files"] = "{file}",
                ["pan123.access_tokens"] = "{token}",
                ["pan123.rate_limit.wait"] = "s",
                ["pan123.rate_limit.permits"] = "{request}",
            }));
        Assert.That(instruments.Select(instrument => instrument.Description), Has.All.Not.Empty);
    }

    [Test]
    public async Task The_default_client_has_no_name_in_an_activity_or_a_metric()
    {
        var files = Collect<long>("pan123.files");

        await DeleteAsync(fault: null);

        Assert.That(files.LastMeasurement!.Tags.Keys, Has.None.EqualTo("pan123.client"));
        Assert.That(_activities.Single(activity => activity.OperationName == "Pan123.DeleteFiles").TagObjects.Select(tag => tag.Key), Has.None.EqualTo("pan123.client"));
    }

    [Test]
    public async Task A_call_that_could_not_be_sent_is_counted_so()
    {
        var files = Collect<long>("pan123.files");
        await _emulator.StopAsync();

        await DeleteAsync(fault: null);

        Assert.That(files.GetMeasurementSnapshot().Single().Tags["pan123.outcome"], Is.EqualTo("not_sent"));
    }

    [Test]
    public async Task A_cancelled_call_is_counted_by_what_is_known_of_it()
    {
        var files = Collect<long>("pan123.files");

        await Assert.CatchAsync<OperationCanceledException>(() => Client.DeleteFilesAsync([1, 2, 3], new CancellationToken(canceled: true)));

        Assert.That(files.GetMeasurementSnapshot().Single().Tags["pan123.outcome"], Is.EqualTo("not_sent"));
    }

    [Test]
    public async Task The_activity_of_a_cancelled_call_has_the_type_of_what_the_caller_gets()
    {
        await DeleteAsync(fault: null, new CancellationToken(canceled: true));

        Assert.That(_activities.Single(activity => activity.OperationName == "Pan123.DeleteFiles").GetTagItem("error.type"), Is.EqualTo("System.OperationCanceledException"));
    }

    [TestCase(true, ExpectedResult = "issued")]
    [TestCase(false, ExpectedResult = "failed")]
    public async Task<object?> Access_tokens_are_counted_by_outcome(bool isGood)
    {
        var tokens = Collect<long>("pan123.access_tokens");
        if (!isGood)
        {
            _emulator.Faults.Enqueue(Fault.BodyCode(1, "wrong secret"), path: Pan123Emulator.AccessTokenPath);
        }

        await DeleteAsync(fault: null);

        return tokens.GetMeasurementSnapshot().Single().Tags["pan123.outcome"];
    }

    [Test]
    public async Task The_issue_of_a_token_is_an_activity_and_a_log_line()
    {
        await DeleteAsync(fault: null);

        Assert.Multiple(() =>
        {
            Assert.That(_activities.Single(activity => activity.OperationName == "Pan123.IssueAccessToken").GetTagItem("pan123.outcome"), Is.EqualTo("issued"));
            Assert.That(_logs.MessagesOf(LogEvent.TokenIssued), Has.Exactly(1).Items);
        });
    }

    [Test]
    public async Task Waits_for_a_permit_are_measured_in_seconds()
    {
        var waits = Collect<double>("pan123.rate_limit.wait");
        _emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), path: Pan123Emulator.DeleteFilesPath);

        var call = Client.DeleteFilesAsync([1, 2, 3]);
        // For its permit, and then for the rest of the pause.
        foreach (var wait in new[] { TimeSpan.FromMilliseconds(1005), TimeSpan.FromMilliseconds(5995) })
        {
            await _clock.WaitedForAsync(wait);
            _clock.Advance(wait);
        }

        await call;

        Assert.Multiple(() =>
        {
            Assert.That(waits.Instrument!.Unit, Is.EqualTo("s"));
            Assert.That(waits.GetMeasurementSnapshot().Select(wait => wait.Value), Is.EqualTo(new[] { 0d, 0, 7 }), "The token's, and one for each deletion.");
            Assert.That(_logs.MessagesOf(LogEvent.Pause).Single(), Does.Contain("00:00:07"));
        });
    }

    [Test]
    public async Task The_limit_that_is_kept_to_is_measured()
    {
        var permits = Collect<int>("pan123.rate_limit.permits");
        await DeleteAsync(fault: null);
        permits.RecordObservableInstruments();
        _emulator.Faults.Enqueue(Fault.BodyCode(429, "too many requests"), path: Pan123Emulator.DeleteFilesPath);
        _emulator.Drive.AddToRecycleBin(4);
        await _clock.RunUntilAsync(Client.DeleteFilesAsync([4]));
        permits.RecordObservableInstruments();

        var ofDeletions = permits.GetMeasurementSnapshot().Where(measurement => Equals(measurement.Tags["pan123.operation"], "deleteFiles")).Select(measurement => measurement.Value);
        Assert.That(ofDeletions, Is.EqualTo(new[] { 2, 1 }));
    }

    [Test]
    public async Task No_secret_is_in_an_activity_a_metric_or_a_log()
    {
        var measured = new ConcurrentQueue<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue($"{instrument.Name} {Text(tags)}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue($"{instrument.Name} {Text(tags)}"));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => measured.Enqueue($"{instrument.Name} {Text(tags)}"));
        listener.Start();

        await DeleteAsync(Fault.BodyCode(401, $"{Pan123EmulatorOptions.DefaultClientSecret} is not the secret"));
        await DeleteAsync(Fault.Html());
        await _emulator.StopAsync();
        await DeleteAsync(fault: null);

        var tokens = _emulator.Requests.Select(request => request.Headers.FirstOrDefault(header => header.Key == "Authorization").Value?.Split(' ')[1]).OfType<string>().ToHashSet();
        var seen = string.Join('\n', [.. measured, .. _activities.Select(Describe), _logs.Text]);
        Assert.Multiple(() =>
        {
            Assert.That(tokens, Has.Count.EqualTo(2));
            Assert.That(seen, Does.Contain("pan123.files").And.Contains("Pan123.DeleteFiles").And.Contains("/api/v1/access_token"));
            Assert.That(tokens.Append(Pan123EmulatorOptions.DefaultClientSecret).Where(seen.Contains), Is.Empty);
        });

        static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));

        static string Describe(Activity activity) =>
            $"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {Text([.. activity.TagObjects])} {string.Join(' ', activity.Events.Select(each => each.Name + Text([.. each.Tags])))}";
    }

    private IPan123Client Client => _services.GetRequiredService<IPan123Client>();

    private MetricCollector<T> Collect<T>(string instrument)
        where T : struct => new(_services.GetRequiredService<IMeterFactory>(), "Pan123", instrument);

    private async Task DeleteAsync(Fault? fault, CancellationToken cancellationToken = default)
    {
        if (fault is not null)
        {
            _emulator.Faults.Enqueue(fault, path: Pan123Emulator.DeleteFilesPath);
        }

        // Of one trace, by which this test tells its activities from those of others.
        using var parent = Test.StartActivity(ActivityKind.Internal, new ActivityContext(_traceId, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded));
        try
        {
            await Client.DeleteFilesAsync([1, 2, 3], cancellationToken);
        }
        catch (Exception failure) when (failure is Pan123Exception or OperationCanceledException)
        {
            // What the call ends in is what the test looks at elsewhere.
        }
    }
}
