namespace Pan123;

/// <summary>
/// The service could not be reached, no access token could be had, or time ran out before the request's turn: it was not sent, and
/// nothing was deleted.
/// </summary>
public sealed class Pan123NotSentException : Pan123Exception
{
    /// <summary>Makes one, for instance in a test of your own.</summary>
    /// <param name="reason">Why not; it follows "Nothing was sent:".</param>
    /// <param name="innerException">The failure behind it; null, the default, for none.</param>
    public Pan123NotSentException(string reason, Exception? innerException = null)
        : base($"Nothing was sent: {reason}", null, null, innerException) => Reason = reason;

    /// <inheritdoc />
    public override DeleteOutcome Outcome => DeleteOutcome.NotSent;

    /// <summary>Why not, a sentence: what follows "Nothing was sent:" in the message, for a text in which other requests were sent.</summary>
    public string Reason { get; }
}
