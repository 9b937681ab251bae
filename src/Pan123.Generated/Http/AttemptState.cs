namespace Pan123;

/// <summary>The state of one attempt to send a request.</summary>
internal enum AttemptState
{
    /// <summary>Not begun. A custom handler may still read the body, to copy it.</summary>
    Idle,

    /// <summary>Whatever reads the body now may send it.</summary>
    InFlight,

    /// <summary>It got a response, failed, or was abandoned.</summary>
    Ended,
}
