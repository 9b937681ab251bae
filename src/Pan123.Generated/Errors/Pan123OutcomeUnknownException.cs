namespace Pan123;

/// <summary>
/// The request was sent, but its outcome is unknown: the connection broke, time ran out, or the response was not the documented
/// envelope. The files may have been deleted, or not. Retrying the call is safe: it can only delete the same files. For a call that lists
/// or looks up files, it means that the result is not complete.
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
        : this("deleted", fileIds, reason, statusCode, responseExcerpt, innerException)
    {
    }

    internal Pan123OutcomeUnknownException(
        string effect, IReadOnlyList<long> fileIds, string reason, HttpStatusCode? statusCode, string? responseExcerpt, Exception? innerException)
        : base(Describe(effect, fileIds, reason), statusCode, responseExcerpt, innerException) => FileIds = fileIds;

    /// <inheritdoc />
    public override DeleteOutcome Outcome => DeleteOutcome.Unknown;

    /// <summary>
    /// The files that may have been deleted, trashed or recovered: all IDs of the call, in the same order; empty for a call that changes no
    /// files.
    /// </summary>
    public IReadOnlyList<long> FileIds { get; }

    private static string Describe(string effect, IReadOnlyList<long> fileIds, string reason) => fileIds.Count == 0
        ? reason
        : string.Format(
            CultureInfo.InvariantCulture,
            "{0} may have been {1}, or not. {2} Retrying the call is safe.",
            fileIds.Count == 1 ? "1 file" : $"{fileIds.Count} files",
            effect,
            reason);
}
