namespace Pan123;

/// <summary>One sending of a request: whether its body was read meanwhile, and so may have left the process.</summary>
/// <param name="attempts">The call's attempts.</param>
internal sealed class Attempt(Attempts attempts)
{
    public enum AttemptState
    {
        /// <summary>Not begun. A handler of the application may read the body all the same, to copy it.</summary>
        Idle,

        /// <summary>What reads the body now may send it.</summary>
        InFlight,

        /// <summary>Answered, failed or given up.</summary>
        Ended,
    }

    public AttemptState State { get; set; }

    /// <summary>How often the body was read before it ended. More than once in flight: sent more than once, perhaps, and answered once.</summary>
    public int Reads { get; set; }

    /// <exception cref="InvalidOperationException">The call has ended: what is sent now would contradict its outcome.</exception>
    public void OnRead() => attempts.OnRead(this);
}
