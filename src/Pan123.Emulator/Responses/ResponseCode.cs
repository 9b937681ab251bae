namespace Pan123.Emulator;

/// <summary>The values of the envelope's <c>code</c> that the emulator sends.</summary>
/// <remarks>
/// The codes are documented, except for 7301. Which of them the service sends for a certain mistake is an assumption, except for 401, 429
/// and, for wrong credentials, 1.
/// </remarks>
internal static class ResponseCode
{
    public const int Success = 0;
    public const int InternalError = 1;
    public const int InvalidAccessToken = 401;
    public const int TooManyRequests = 429;
    public const int FileNotFound = 5066;
    public const int SpaceIsFreedLater = 7301;
}
