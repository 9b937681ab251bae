namespace Pan123;

/// <summary>
/// Nothing was sent, and nothing deleted: the service could not be reached, no access token could be obtained, or time ran out before the
/// request's turn. Also if every response was a 429, which says nothing about the files: then the inner exception is the
/// <see cref="Pan123ApiException"/> with the last response.
/// </summary>
public sealed class Pan123NotSentException : Pan123Exception
{
    /// <summary>Initializes a new instance. Public so that tests can create one.</summary>
    /// <param name="reason">The reason, a sentence; it follows "Nothing was sent:" in the message.</param>
    /// <param name="innerException">The underlying failure; null, the default, if there is none.</param>
    public Pan123NotSentException(string reason, Exception? innerException = null)
        : base($"Nothing was sent: {reason}", null, null, innerException) => Reason = reason;

    /// <summary>Whether time ran out before the request's turn, while the service let other requests through.</summary>
    internal bool IsWorthRetrying { get; init; }

    /// <inheritdoc />
    public override DeleteOutcome Outcome => DeleteOutcome.NotSent;

    /// <summary>The reason, a sentence: the message without "Nothing was sent:", for texts that also report requests that were sent.</summary>
    public string Reason { get; }
}
