namespace Pan123;

/// <summary>
/// The request was sent and no verdict came back: the connection broke, time ran out, or the answer was not the documented
/// envelope. The files may have been deleted, or not. Repeating the call is safe: it can only delete the same files.
/// </summary>
public sealed class Pan123OutcomeUnknownException : Pan123Exception
{
    /// <summary>Makes one, for instance in a test of your own.</summary>
    /// <param name="fileIds">The files that may have been deleted; empty for a call that deletes none.</param>
    /// <param name="reason">Why there is no verdict, a sentence.</param>
    /// <param name="statusCode">The HTTP status of the answer; null when no answer came.</param>
    /// <param name="responseExcerpt">How the answer began; null when no answer came.</param>
    /// <param name="innerException">The failure that kept the answer from coming; null when one came.</param>
    public Pan123OutcomeUnknownException(
        IReadOnlyList<long> fileIds,
        string reason,
        HttpStatusCode? statusCode = null,
        string? responseExcerpt = null,
        Exception? innerException = null)
        : base(Describe(fileIds, reason), statusCode, responseExcerpt, innerException) => FileIds = fileIds;

    /// <inheritdoc />
    public override DeleteOutcome Outcome => DeleteOutcome.Unknown;

    /// <summary>The files that may have been deleted: all IDs of the call, in its order.</summary>
    public IReadOnlyList<long> FileIds { get; }

    private static string Describe(IReadOnlyList<long> fileIds, string reason) => fileIds.Count == 0
        ? reason
        : string.Format(
            CultureInfo.InvariantCulture,
            "{0} may have been deleted, or not. {1} Repeating the call is safe.",
            fileIds.Count == 1 ? "1 file" : $"{fileIds.Count} files",
            reason);
}
