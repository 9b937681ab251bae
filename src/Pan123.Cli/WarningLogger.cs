using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Shows the warnings of the client while its user waits, such as that it retries a request or could not store the token.</summary>
internal sealed class WarningLogger(IAnsiConsole messages) : ILoggerProvider, ILogger
{
    /// <summary>The outcome of a call, which is reported anyhow.</summary>
    private const int NotDeleted = 11;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && eventId.Id != NotDeleted)
        {
            messages.MarkupLineInterpolated($"[dim]{MessageSanitizer.ReplaceUnprintable($"{formatter(state, exception)} {exception?.Message}")}[/]");
        }
    }

    public void Dispose()
    {
    }
}
