namespace Pan123.Emulator;

/// <summary>
/// What happens to a request that would move files to or from the recycle bin, and names some that are not where they would be moved from,
/// or do not exist. What the real service does is unknown.
/// </summary>
public enum StaleMoveBehavior
{
    /// <summary>Code 5066 ("file not found"), and nothing is moved.</summary>
    RejectRequest,

    /// <summary>Code 0, as if all were well; the other files are moved.</summary>
    MoveTheOthers,

    /// <summary>Code 5066 ("file not found"), and yet the other files are moved.</summary>
    MoveTheOthersAndReject,
}
