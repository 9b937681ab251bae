namespace Pan123;

/// <summary>The outcome of a deletion. Each file has exactly one.</summary>
public enum DeleteOutcome
{
    /// <summary>The service confirmed that the files are deleted.</summary>
    Deleted,

    /// <summary>The service rejected the request. Whether a rejected request deletes some of its files is not documented.</summary>
    Rejected,

    /// <summary>A request was sent, but no valid response says whether the files were deleted. Retrying is safe.</summary>
    Unknown,

    /// <summary>No request with the files was sent, or every response was a 429: the files are untouched.</summary>
    NotSent,
}
