namespace Pan123.Cli;

/// <summary>What became of files that were to be moved into the recycle bin, or out of it.</summary>
internal enum MoveOutcome
{
    Trashed,
    Recovered,

    /// <summary>They stay in the recycle bin, since the folder in which they were is gone.</summary>
    NotRecovered,

    Rejected,
    Unknown,
    NotSent,
}
