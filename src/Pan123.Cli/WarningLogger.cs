using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Shows what the client warns of while its user waits: that it retries a request, or could not keep the token.</summary>
internal sealed class WarningLogger(IAnsiConsole messages) : ILoggerProvider, ILogger
{
    /// <summary>What became of the files. It is reported anyhow.</summary>
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
