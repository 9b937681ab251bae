using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Pan123;

/// <summary>What an application can see of the client: the activities and metrics named <c>Pan123</c>, and a log line for each call.</summary>
internal sealed partial class Pan123Telemetry
{
    public const string Name = "Pan123";

    public const string OutcomeTag = "pan123.outcome";

    private static readonly ActivitySource Activities = new(Name);

    private readonly ILogger _logger;
    private readonly Counter<long> _files;
    private readonly Counter<long> _accessTokens;
    private readonly Histogram<double> _waits;

    public Pan123Telemetry(IMeterFactory meterFactory, SafeLogger<Pan123Client> logger)
    {
        RecordedExceptions.Clean();
        _logger = logger;
#pragma warning disable CA2000 // The factory disposes of it.
        var meter = meterFactory.Create(Name);
#pragma warning restore CA2000
        _files = meter.CreateCounter<long>("pan123.files", "{file}", "Files of completed calls, by outcome.");
        _accessTokens = meter.CreateCounter<long>("pan123.access_tokens", "{token}", "Access tokens asked for with the client credentials, by outcome.");
        _waits = meter.CreateHistogram<double>("pan123.rate_limit.wait", "s", "Waits of a request for its permit.");
    }

    public CallScope StartCall(ApiRequest call) => new(this, call.FileIds?.Count);

    public TokenScope StartTokenRequest() => new(this);

    public void RecordWait(TimeSpan duration)
    {
        try
        {
            _waits.Record(duration.TotalSeconds);
        }
#pragma warning disable CA1031 // What a listener of the application throws cannot change what happened; so below.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogListenerFailed(failure.Message);
        }
    }

    private Activity? Start(string name)
    {
        try
        {
            return Activities.StartActivity(name);
        }
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogListenerFailed(failure.Message);
            return null;
        }
    }

    private void End(Activity? activity, Counter<long> counter, long count, string outcome)
    {
        try
        {
            activity?.SetTag(OutcomeTag, outcome);
            activity?.Dispose();
            counter.Add(count, new KeyValuePair<string, object?>(OutcomeTag, outcome));
        }
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogListenerFailed(failure.Message);
        }
    }

    private static string NameOf(DeleteOutcome outcome) => outcome switch
    {
        DeleteOutcome.Deleted => "deleted",
        DeleteOutcome.Rejected => "rejected",
        DeleteOutcome.NotSent => "not_sent",
        _ => "unknown",
    };

    [LoggerMessage(10, LogLevel.Information, "{FileCount} files deleted, trace ID {TraceId}.")]
    private partial void LogDeleted(int fileCount, string? traceId);

    [LoggerMessage(11, LogLevel.Warning, "{FileCount} files not deleted, outcome {Outcome}: {Reason}")]
    private partial void LogNotDeleted(int fileCount, string outcome, string reason);

    [LoggerMessage(12, LogLevel.Information, "An access token was issued; it expires at {ExpiresAt}.")]
    private partial void LogIssued(DateTimeOffset? expiresAt);

    [LoggerMessage(13, LogLevel.Warning, "A listener of the application to activities or metrics has failed: {Reason}")]
    private partial void LogListenerFailed(string reason);

    [LoggerMessage(14, LogLevel.Warning, "{FileCount} files deleted, and then a handler of the application has failed: {Reason}")]
    private partial void LogHandlerFailed(int fileCount, string reason);

    /// <summary>A request for an access token, from its begin to its end.</summary>
    internal sealed class TokenScope(Pan123Telemetry telemetry) : IDisposable
    {
        private readonly Activity? _activity = telemetry.Start("Pan123.IssueAccessToken");
        private string _outcome = "failed";

        public void Succeeded(DateTimeOffset? expiresAt)
        {
            _outcome = "issued";
            telemetry.LogIssued(expiresAt);
        }

        public void Dispose() => telemetry.End(_activity, telemetry._accessTokens, 1, _outcome);
    }

    /// <summary>A call, from its begin to its end; of one that changes no files, nothing is told.</summary>
    internal readonly struct CallScope
    {
        private readonly Pan123Telemetry _telemetry;
        private readonly int? _fileCount;
        private readonly Activity? _activity;

        public CallScope(Pan123Telemetry telemetry, int? fileCount)
        {
            (_telemetry, _fileCount) = (telemetry, fileCount);
            if (fileCount is not null)
            {
                _activity = telemetry.Start("Pan123.DeleteFiles");
                _activity?.SetTag("pan123.file_count", fileCount);
            }
        }

        /// <param name="traceId">The trace ID of the response.</param>
        /// <param name="failure">What a handler of the application threw afterwards, if one did.</param>
        public void Succeeded(string? traceId, Exception? failure)
        {
            if (_fileCount is { } count)
            {
                End(DeleteOutcome.Deleted, traceId);
                _telemetry.LogDeleted(count, traceId);
                if (failure is not null)
                {
                    _telemetry.LogHandlerFailed(count, failure.Message);
                }
            }
        }

        public void Failed(Pan123Exception error, Type errorType)
        {
            if (_fileCount is { } count)
            {
                _activity?.SetTag("error.type", errorType.FullName);
                _activity?.SetStatus(ActivityStatusCode.Error, error.Message);
                End(error.Outcome, (error as Pan123ApiException)?.TraceId);
                if (_telemetry._logger.IsEnabled(LogLevel.Warning))
                {
                    _telemetry.LogNotDeleted(count, NameOf(error.Outcome), error.Message);
                }
            }
        }

        private void End(DeleteOutcome outcome, string? traceId)
        {
            _activity?.SetTag("pan123.trace_id", traceId);
            _telemetry.End(_activity, _telemetry._files, _fileCount!.Value, NameOf(outcome));
        }
    }
}
