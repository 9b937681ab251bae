using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Pan123.Tests.Applications;

/// <summary>All that an application can observe of one test's client: its log lines at every level, activities and metrics, as text.</summary>
internal sealed class Observation : ILoggerProvider, ISupportExternalScope
{
    // One for all tests: a source that is disposed of while another test begins to listen fails that test.
    private static readonly ActivitySource Source = new("Test");

    private readonly ConcurrentQueue<string> _texts = new();
    private readonly ConcurrentQueue<string> _values = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();
    private IMeterFactory? _meterFactory;

    public Observation()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == Trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == Trace)
                {
                    _texts.Enqueue(Describe(activity));
                }
            },
        };
    }

    /// <summary>By which the activities of this test are told from those of others that run at the same time.</summary>
    public ActivityTraceId Trace { get; } = ActivityTraceId.CreateRandom();

    public string Text => string.Join('\n', _texts);

    /// <summary>The values that log lines and their scopes are made of, as a structured logger writes them.</summary>
    public string LoggedValues => string.Join('\n', _values);

    /// <summary>Begins to listen, to the meters of this factory alone.</summary>
    public void Begin(IMeterFactory meterFactory)
    {
        _meterFactory = meterFactory;
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == _meterFactory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.Start();
        ActivitySource.AddActivityListener(_activities);
    }

    /// <summary>The activity that the calls of the test are part of.</summary>
    public Activity? StartActivity() =>
        Source.StartActivity(ActivityKind.Internal, new ActivityContext(Trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded));

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _texts.Enqueue($"{instrument.Name} {value} {Describe(tags.ToArray())}");

    private static string Describe(Activity activity) =>
        $"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {Describe(activity.TagObjects)} {Describe(activity.Baggage)} "
        + string.Join(' ', activity.Events.Select(each => $"{each.Name} {Describe(each.Tags)}"));

    private static string Describe<T>(IEnumerable<KeyValuePair<string, T>> values) =>
        string.Join(' ', values.Select(each => $"{each.Key}={(each.Value is IEnumerable<string> several ? string.Join(',', several) : each.Value)}"));

    private sealed class Logger(Observation observation, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => observation._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<object?>();
            observation._scopes.ForEachScope((scope, list) => list.Add(scope), scopes);
            observation._texts.Enqueue($"{category} {formatter(state, exception)} {exception} {string.Join(' ', scopes)}");
            observation._values.Enqueue(string.Join(' ', scopes.Prepend(state).Select(DescribeState)));
        }

        private static string DescribeState(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values ? Describe(values) : "";
    }
}
