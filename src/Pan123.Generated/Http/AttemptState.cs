namespace Pan123;

/// <summary>How far one sending of a request has come.</summary>
internal enum AttemptState
{
    /// <summary>Not begun. A custom handler may read the body all the same, to copy it.</summary>
    Idle,

    /// <summary>What reads the body now may send it.</summary>
    InFlight,

    /// <summary>It has a response, failed, or was given up.</summary>
    Ended,
}
