using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Pan123.Tests;

/// <summary>All that an application could log, at every level.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<(int EventId, string Message)> _events = new();

    public string Text => string.Join('\n', _lines);

    /// <summary>What the library itself has logged, and not what others have about its requests.</summary>
    public IReadOnlyCollection<(int EventId, string Message)> Events => _events;

    /// <summary>What the library itself has logged as this event.</summary>
    public IEnumerable<string> MessagesOf(int eventId) => _events.Where(each => each.EventId == eventId).Select(each => each.Message);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName.StartsWith("Pan123.", StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private sealed class Logger(LogRecorder recorder, bool isOfLibrary) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            recorder._lines.Enqueue($"{message} {exception}");
            if (isOfLibrary)
            {
                recorder._events.Enqueue((eventId.Id, message));
            }
        }
    }
}
