namespace Pan123.Cli;

/// <summary>A listing could not be completed.</summary>
/// <param name="message">Why, in sentences.</param>
/// <param name="exitCode">What the program exits with.</param>
/// <param name="innerException">The failure.</param>
internal sealed class ListingException(string message, int exitCode, Exception innerException) : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;
}
