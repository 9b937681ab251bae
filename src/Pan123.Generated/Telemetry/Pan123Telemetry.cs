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

    public Pan123Telemetry(IMeterFactory meterFactory, ILogger<Pan123Client> logger)
    {
        _logger = logger;
#pragma warning disable CA2000 // The factory disposes of it.
        var meter = meterFactory.Create(Name);
#pragma warning restore CA2000
        _files = meter.CreateCounter<long>("pan123.files", "{file}", "Files of completed calls, by outcome.");
        _accessTokens = meter.CreateCounter<long>("pan123.access_tokens", "{token}", "Access tokens asked for with the client credentials, by outcome.");
        _waits = meter.CreateHistogram<double>("pan123.rate_limit.wait", "s", "Waits of a request for its permit.");
    }

    public ObservedDeletion StartDeletion(int fileCount) => new(this, fileCount);

    public void Waited(TimeSpan duration) => _waits.Record(duration.TotalSeconds);

    public ObservedIssue StartIssue() => new(this);

    [LoggerMessage(10, LogLevel.Information, "{FileCount} files deleted, trace ID {TraceId}.")]
    private partial void LogDeleted(int fileCount, string? traceId);

    [LoggerMessage(11, LogLevel.Warning, "{FileCount} files not deleted, outcome {Outcome}: {Reason}")]
    private partial void LogNotDeleted(int fileCount, string outcome, string reason);

    [LoggerMessage(12, LogLevel.Information, "An access token was issued; it expires at {ExpiresAt}.")]
    private partial void LogIssued(DateTimeOffset? expiresAt);

    /// <summary>The issue of an access token, from its begin to its end.</summary>
    internal sealed class ObservedIssue(Pan123Telemetry telemetry) : IDisposable
    {
        private readonly Activity? _activity = Activities.StartActivity("Pan123.IssueAccessToken");
        private string _outcome = "failed";

        public void Succeeded(DateTimeOffset? expiresAt)
        {
            _outcome = "issued";
            telemetry.LogIssued(expiresAt);
        }

        public void Dispose()
        {
            _activity?.SetTag(OutcomeTag, _outcome);
            _activity?.Dispose();
            telemetry._accessTokens.Add(1, new KeyValuePair<string, object?>(OutcomeTag, _outcome));
        }
    }

    /// <summary>A call that deletes, from its begin to its end.</summary>
    internal readonly struct ObservedDeletion : IDisposable
    {
        private readonly Pan123Telemetry _telemetry;
        private readonly int _fileCount;
        private readonly Activity? _activity;

        public ObservedDeletion(Pan123Telemetry telemetry, int fileCount)
        {
            (_telemetry, _fileCount) = (telemetry, fileCount);
            _activity = Activities.StartActivity("Pan123.DeleteFiles");
            _activity?.SetTag("pan123.file_count", fileCount);
        }

        public void Succeeded(string? traceId)
        {
            End("deleted", traceId);
            _telemetry.LogDeleted(_fileCount, traceId);
        }

        public void Failed(Exception failure)
        {
            var verdict = failure is OperationCanceledException { InnerException: { } inner } ? inner : failure;
            var outcome = verdict switch
            {
                Pan123ApiException => "rejected",
                Pan123OutcomeUnknownException => "unknown",
                _ => "not_sent",
            };

            _activity?.SetTag("error.type", failure.GetType().FullName);
            _activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            End(outcome, (verdict as Pan123ApiException)?.TraceId);
            _telemetry.LogNotDeleted(_fileCount, outcome, failure.Message);
        }

        public void Dispose() => _activity?.Dispose();

        private void End(string outcome, string? traceId)
        {
            _activity?.SetTag(OutcomeTag, outcome);
            _activity?.SetTag("pan123.trace_id", traceId);
            _telemetry._files.Add(_fileCount, new KeyValuePair<string, object?>(OutcomeTag, outcome));
        }
    }
}
