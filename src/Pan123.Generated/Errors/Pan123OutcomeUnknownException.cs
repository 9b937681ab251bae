namespace Pan123;

/// <summary>
/// The request was sent, but its outcome is unknown: the connection broke, time ran out, or the response was not the documented
/// envelope. The files may have been deleted, or not. Retrying the call is safe: it can only delete the same files.
/// </summary>
public sealed class Pan123OutcomeUnknownException : Pan123Exception
{
    /// <summary>Initializes a new instance. Public so that tests can create one.</summary>
    /// <param name="fileIds">The files that may have been deleted; empty for a call that deletes none.</param>
    /// <param name="reason">Why the outcome is unknown, a sentence.</param>
    /// <param name="statusCode">The HTTP status of the response; null if none came.</param>
    /// <param name="responseExcerpt">The beginning of the response; null if none came.</param>
    /// <param name="innerException">The underlying failure; null, the default, if there is none.</param>
    public Pan123OutcomeUnknownException(
        IReadOnlyList<long> fileIds,
        string reason,
        HttpStatusCode? statusCode = null,
        string? responseExcerpt = null,
        Exception? innerException = null)
        : base(Describe(fileIds, reason), statusCode, responseExcerpt, innerException) => FileIds = fileIds;

    /// <inheritdoc />
    public override DeleteOutcome Outcome => DeleteOutcome.Unknown;

    /// <summary>The files that may have been deleted: all IDs of the call, in the same order.</summary>
    public IReadOnlyList<long> FileIds { get; }

    private static string Describe(IReadOnlyList<long> fileIds, string reason) => fileIds.Count == 0
        ? reason
        : string.Format(
            CultureInfo.InvariantCulture,
            "{0} may have been deleted, or not. {1} Repeating the call is safe.",
            fileIds.Count == 1 ? "1 file" : $"{fileIds.Count} files",
            reason);
}
