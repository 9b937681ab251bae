using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary>Shows the warnings of the client while its user waits, such as that it retries a request or could not store the token.</summary>
internal sealed partial class WarningLogger(IAnsiConsole messages) : ILoggerProvider, ILogger
{
    /// <summary>The outcome of a call, which is reported anyhow.</summary>
    public const int NotDeleted = 11;

    /// <summary>A hole of a log message, such as <c>{Seconds:0.0}</c>.</summary>
    [GeneratedRegex(@"\{(?<name>\w+)(?<format>:[^}]*)?\}")]
    private static partial Regex Hole { get; }

    /// <summary>A number to which the library has added its noun, because of the plural.</summary>
    [GeneratedRegex(@"\A(?<number>\d+) requests?\z")]
    private static partial Regex Requests { get; }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && eventId.Id != NotDeleted)
        {
            var text = Translate(state) ?? formatter(state, exception);
            var warning = exception is null ? text : Texts.Of($"{text} {ErrorText.Of(exception)}");
            messages.MarkupLineInterpolated($"[dim]{MessageSanitizer.ReplaceUnprintable(warning)}[/]");
        }
    }

    public void Dispose()
    {
    }

    /// <summary>The library's messages are English, and their templates are the keys of the translations.</summary>
    private static string? Translate<TState>(TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values
            || values.FirstOrDefault(value => value.Key == "{OriginalFormat}").Value is not string template
            || Texts.Find(template) is not { } translation)
        {
            return null;
        }

        return Hole.Replace(translation, hole =>
        {
            var value = values.First(value => value.Key == hole.Groups["name"].Value).Value;
            var text = string.Format(CultureInfo.InvariantCulture, $"{{0{hole.Groups["format"].Value}}}", value);
            return Requests.Match(text) is { Success: true } requests ? requests.Groups["number"].Value : text;
        });
    }
}
