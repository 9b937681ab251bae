namespace Pan123;

/// <summary>
/// The service could not be reached: no part of the request's body was sent, so nothing was deleted. The cause is the inner exception.
/// </summary>
public sealed class Pan123NotSentException : Pan123Exception
{
    /// <summary>Makes one, for instance in a test of your own.</summary>
    /// <param name="reason">Why not; it follows "Nothing was sent:".</param>
    /// <param name="innerException">The failure of the connection.</param>
    public Pan123NotSentException(string reason, Exception innerException)
        : base($"Nothing was sent: {reason}", null, null, innerException)
    {
    }
}
