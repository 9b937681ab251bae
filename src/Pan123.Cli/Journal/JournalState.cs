namespace Pan123.Cli;

/// <summary>What a journal says of a batch.</summary>
internal enum JournalState
{
    /// <summary>It is about to be sent. Until it says more, there is no verdict.</summary>
    Sending,

    /// <summary>The service said that it is deleted.</summary>
    Deleted,

    /// <summary>The service rejected it.</summary>
    Rejected,

    /// <summary>It was sent, and no verdict came back.</summary>
    Unknown,

    /// <summary>It was not sent after all.</summary>
    NotSent,
}
