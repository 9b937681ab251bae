using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pan123.Tests.Applications;

/// <summary>Observers of an application that fail whenever they are told something. Those of the process listen to one test alone.</summary>
internal static class ThrowingObservers
{
    public static IDisposable ListenToMeters(IServiceProvider services, string meter)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Not to those of connections, which are measured on threads where nobody could catch anything.
                if (instrument.Meter.Scope == factory && instrument.Meter.Name == meter && !instrument.Name.Contains("connection", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw Failure("meter"));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw Failure("meter"));
        listener.Start();
        return listener;
    }

    public static IDisposable ListenToActivities(Surroundings surroundings, string source, bool atStart)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = each => each.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == surroundings.Trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
        };
        if (atStart)
        {
            listener.ActivityStarted = Throw;
        }
        else
        {
            listener.ActivityStopped = Throw;
        }

        ActivitySource.AddActivityListener(listener);
        return listener;

        void Throw(Activity activity)
        {
            if (activity.TraceId == surroundings.Trace)
            {
                throw Failure("activity");
            }
        }
    }

    private static InvalidOperationException Failure(string kind) => new($"The application's {kind} listener failed.");

    internal sealed class LoggerProvider : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The application's logger failed.");

        public void Dispose()
        {
        }
    }
}
