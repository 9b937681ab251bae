namespace Pan123;

/// <summary>
/// The service could not be reached, no access token could be had, or time ran out before the request's turn: it was not sent, and
/// nothing was deleted.
/// </summary>
public sealed class Pan123NotSentException : Pan123Exception
{
    /// <summary>Makes one, for instance in a test of your own.</summary>
    /// <param name="reason">Why not; it follows "Nothing was sent:".</param>
    /// <param name="innerException">The failure behind it; null for none.</param>
    public Pan123NotSentException(string reason, Exception? innerException)
        : base($"Nothing was sent: {reason}", null, null, innerException)
    {
    }
}
