namespace Pan123.Cli;

/// <summary>The state of a batch in a journal.</summary>
internal enum JournalState
{
    /// <summary>It is about to be sent. Without a later state, its outcome is unknown.</summary>
    Sending,

    /// <summary>The service said that it is deleted.</summary>
    Deleted,

    /// <summary>The service rejected it.</summary>
    Rejected,

    /// <summary>It was sent, and no valid response came.</summary>
    Unknown,

    /// <summary>It was not sent after all.</summary>
    NotSent,
}
