using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pan123;

/// <summary>
/// What an application can observe of the client: the activities and metrics named <c>Pan123</c>, and a log line for each call. An exception
/// of a listener is logged and changes nothing.
/// </summary>
internal sealed partial class Pan123Telemetry
{
    public const string Name = "Pan123";

    public const string OutcomeTag = "pan123.outcome";

    private const string ClientTag = "pan123.client";
    private const string OperationTag = "pan123.operation";

    private static readonly ActivitySource Activities = new(Name);
    private static readonly Func<ILogger, string, IDisposable?> ClientScope = LoggerMessage.DefineScope<string>("Client {Client}");

    private readonly string _client;
    private readonly SafeLogger<Pan123Client> _logger;
    private readonly Counter<long> _files;
    private readonly Counter<long> _accessTokens;
    private readonly Histogram<double> _waits;

    /// <param name="client">The name of the registered client, which is in the tags of all metrics; empty for the default client.</param>
    /// <param name="meterFactory">Creates the meter, the same for all clients.</param>
    /// <param name="logger">The logger.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The factory disposes its meters.")]
    public Pan123Telemetry(string client, IMeterFactory meterFactory, SafeLogger<Pan123Client> logger)
    {
        RecordedExceptions.Clean();
        (_client, _logger) = (client, logger);
        var meter = meterFactory.Create(Name);
        _files = meter.CreateCounter<long>("pan123.files", "{file}", "Files of completed calls, by outcome.");
        _accessTokens = meter.CreateCounter<long>("pan123.access_tokens", "{token}", "Access tokens requested with the client credentials, by outcome.");
        _waits = meter.CreateHistogram<double>("pan123.rate_limit.wait", "s", "Waits of a request for its permit.");
        meter.CreateObservableGauge("pan123.rate_limit.permits", GetLimits, "{request}", "Requests a second that the client keeps to, by operation.");
    }

    /// <summary>The limits to report; null, before they are set, for none.</summary>
    public RateLimiterRegistry? RateLimiters { get; set; }

    /// <returns>Null for a call that changes no files, which is not recorded, or if nobody listens.</returns>
    public Activity? StartCall(ApiRequest call) =>
        call.FileIds is { Count: var count } ? Start(call.Operation, call.Account)?.SetTag("pan123.file_count", count) : null;

    /// <param name="activity">The result of <see cref="StartCall"/>.</param>
    /// <param name="call">The call, which has succeeded.</param>
    /// <param name="traceId">The trace ID of the response.</param>
    /// <param name="handlerFailure">What a custom handler threw afterwards; null if none did.</param>
    public void EndCall(Activity? activity, ApiRequest call, string? traceId, Exception? handlerFailure)
    {
        if (call.FileIds is { Count: var count })
        {
            activity?.SetTag("pan123.trace_id", traceId);
            End(activity, _files, count, call.Effect!, call.Operation);
            LogDone(count, call.Effect!, traceId);
            if (handlerFailure is not null)
            {
                LogHandlerFailed(count, call.Effect!, handlerFailure.Message);
            }
        }
    }

    /// <param name="activity">The result of <see cref="StartCall"/>.</param>
    /// <param name="call">The call, which has failed.</param>
    /// <param name="error">The failure, which has the outcome.</param>
    /// <param name="errorType">The type of the exception that the caller gets.</param>
    public void EndCall(Activity? activity, ApiRequest call, Pan123Exception error, Type errorType)
    {
        if (call.FileIds is { Count: var count })
        {
            activity?.SetTag("pan123.trace_id", (error as Pan123ApiException)?.TraceId).SetTag("error.type", errorType.FullName).SetStatus(ActivityStatusCode.Error, error.Message);
            End(activity, _files, count, NameOf(error.Outcome), call.Operation);
            if (_logger.IsEnabled(LogLevel.Warning))
            {
                LogNotDone(count, call.Effect!, NameOf(error.Outcome), error.Message);
            }
        }
    }

    public Activity? StartTokenRequest(Account account) => Start("issueAccessToken", account);

    /// <param name="activity">The result of <see cref="StartTokenRequest"/>.</param>
    /// <param name="accessToken">The token; null if there is none.</param>
    public void EndTokenRequest(Activity? activity, AccessToken? accessToken)
    {
        if (accessToken is not null)
        {
            LogIssued(accessToken.ExpiresAt);
        }

        End(activity, _accessTokens, 1, accessToken is null ? "failed" : "issued");
    }

    public void RecordWait(TimeSpan duration) => Notify((this, duration), static state => state.Item1._waits.Record(state.duration.TotalSeconds, state.Item1.Tags()));

    /// <returns>The scope of a call's logs; null for the default client.</returns>
    public IDisposable? BeginScope(Account account) => account.Name.Length == 0 ? null : ClientScope(_logger, account.Name);

    private IEnumerable<Measurement<int>> GetLimits() => RateLimiters?.Limits.Select(limit => new Measurement<int>(limit.RequestsPerSecond, Tags(OperationTag, limit.Operation))) ?? [];

    // No tag for the default client, since it would say nothing in a program with one account; and none for an account that is known only
    // at run time, since there may be more of them than a metric can have.
    private TagList Tags(string? name = null, object? value = null)
    {
        var tags = default(TagList);
        if (name is not null)
        {
            tags.Add(name, value);
        }

        if (_client.Length > 0)
        {
            tags.Add(ClientTag, _client);
        }

        return tags;
    }

    private Activity? Start(string operation, Account account)
    {
        try
        {
            var activity = Activities.HasListeners() ? Activities.StartActivity($"{Name}.{char.ToUpperInvariant(operation[0])}{operation.Substring(1)}") : null;
            return account.Name.Length == 0 ? activity : activity?.SetTag(ClientTag, account.Name);
        }
        catch (Exception failure)
        {
            LogListenerFailed(failure.Message);
            return null;
        }
    }

    private void End(Activity? activity, Counter<long> counter, long count, string outcome, string? operation = null)
    {
        // Usually, nobody listens.
        if (activity is not null || counter.Enabled)
        {
            Notify((activity, counter, count, outcome, operation, tags: Tags(OutcomeTag, outcome)), static state =>
            {
                if (state.operation is not null)
                {
                    state.tags.Add(OperationTag, state.operation);
                }

                state.activity?.SetTag(OutcomeTag, state.outcome);
                state.activity?.Dispose();
                state.counter.Add(state.count, state.tags);
            });
        }
    }

    private void Notify<T>(T state, Action<T> notify)
    {
        try
        {
            notify(state);
        }
        catch (Exception failure)
        {
            LogListenerFailed(failure.Message);
        }
    }

    private static string NameOf(DeleteOutcome outcome) => outcome switch
    {
        DeleteOutcome.Rejected => "rejected",
        DeleteOutcome.NotSent => "not_sent",
        _ => "unknown",
    };

    [LoggerMessage(10, LogLevel.Information, "{FileCount} files {Effect}, trace ID {TraceId}.")]
    private partial void LogDone(int fileCount, string effect, string? traceId);

    [LoggerMessage(11, LogLevel.Warning, "{FileCount} files not {Effect}, outcome {Outcome}: {Reason}")]
    private partial void LogNotDone(int fileCount, string effect, string outcome, string reason);

    [LoggerMessage(12, LogLevel.Information, "An access token was issued; it expires at {ExpiresAt}.")]
    private partial void LogIssued(DateTimeOffset? expiresAt);

    [LoggerMessage(13, LogLevel.Warning, "A custom listener to activities or metrics failed: {Reason}")]
    private partial void LogListenerFailed(string reason);

    [LoggerMessage(14, LogLevel.Warning, "{FileCount} files {Effect}, but a custom handler failed afterwards: {Reason}")]
    private partial void LogHandlerFailed(int fileCount, string effect, string reason);
}
