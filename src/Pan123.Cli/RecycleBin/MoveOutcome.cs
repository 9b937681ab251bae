namespace Pan123.Cli;

/// <summary>The outcome of a move to the recycle bin or of a recovery.</summary>
internal enum MoveOutcome
{
    Trashed,
    Recovered,

    /// <summary>They stay in the recycle bin, since their original folder is gone.</summary>
    NotRecovered,

    Rejected,
    Unknown,
    NotSent,
}
