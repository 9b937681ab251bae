namespace Pan123;

/// <summary>What became of files that were to be deleted. Each file ends in exactly one of these.</summary>
public enum DeleteOutcome
{
    /// <summary>The service said that they are deleted.</summary>
    Deleted,

    /// <summary>The service refused. Whether a refused request deletes some of its files is not documented.</summary>
    Rejected,

    /// <summary>A request was sent and no verdict came back: they may have been deleted, or not. Repeating is safe.</summary>
    Unknown,

    /// <summary>No request with them was sent: they are untouched.</summary>
    NotSent,
}
