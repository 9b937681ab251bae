namespace Pan123.Cli;

/// <summary>Wrong usage or input. Nothing was sent, and the message is all that its user needs.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
