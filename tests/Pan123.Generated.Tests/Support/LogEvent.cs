namespace Pan123.Tests;

/// <summary>The event IDs of the library's log messages that a test waits for; what each says is in <c>Messages.approved.txt</c>.</summary>
internal static class LogEvent
{
    public const int CacheNotRead = 1;
    public const int CacheNotWritten = 2;
    public const int Pause = 3;
    public const int LowerLimit = 7;
    public const int Deleted = 10;
    public const int NotDeleted = 11;
    public const int TokenIssued = 12;
}
