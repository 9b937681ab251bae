namespace Pan123.Cli;

/// <summary>How many files have ended in which outcome.</summary>
internal sealed class DeleteTotals
{
    private readonly Dictionary<DeleteOutcome, long> _counts = [];

    /// <summary>Files that earlier runs deleted, as their journal says. They are counted nowhere else.</summary>
    public long DeletedEarlier { get; private set; }

    /// <summary>Files whose deletion only a lookup has confirmed.</summary>
    public long Confirmed { get; private set; }

    /// <summary>How many batches were sent.</summary>
    public long Batches { get; private set; }

    public long Files => _counts.Values.Sum();

    /// <summary>Files whose outcome is unknown, and those that were not sent.</summary>
    public long Open => this[DeleteOutcome.Unknown] + this[DeleteOutcome.NotSent];

    /// <summary>
    /// Files whose outcome may stay unknown: a request without a response may have deleted them, and a later request was rejected.
    /// </summary>
    public long RejectedAfterUnknown { get; private set; }

    /// <summary>Whether the service rejected several files at once, which may be due to one of them.</summary>
    public bool HasRejectedMany { get; private set; }

    public long this[DeleteOutcome outcome] => _counts.GetValueOrDefault(outcome);

    public int ExitCode =>
        Open > 0 ? Cli.ExitCode.Unknown
        : this[DeleteOutcome.Rejected] > 0 ? Cli.ExitCode.Rejected
        : Cli.ExitCode.Success;

    public void Add(DeletedEarlier batch) => DeletedEarlier += batch.FileIds.Count;

    public void Add(DeleteBatchResult result)
    {
        _counts[result.Outcome] = this[result.Outcome] + result.FileIds.Count;
        Confirmed += result is { Outcome: DeleteOutcome.Deleted, IsConfirmed: true } ? result.FileIds.Count : 0;
        Batches += result.Outcome == DeleteOutcome.NotSent ? 0 : 1;

        HasRejectedMany |= result is { FileIds.Count: > 1, Error: Pan123ApiException rejection } && IsDueToFiles(rejection);
        RejectedAfterUnknown += result is { Error: Pan123OutcomeUnknownException { InnerException: Pan123ApiException again } } && IsDueToFiles(again) ? result.FileIds.Count : 0;
    }

    // A code that is an HTTP status, such as 401, is not due to the files.
    private static bool IsDueToFiles(Pan123ApiException rejection) => rejection.Code is { } code && (int)code is < 400 or > 599;
}
