namespace Pan123.Emulator;

/// <summary>
/// What happens to a request that names files which are not in the recycle bin. What the real service does is unknown.
/// </summary>
public enum StaleIdBehavior
{
    /// <summary>Code 5066 ("file not found"), and nothing is deleted.</summary>
    RejectRequest,

    /// <summary>Code 0, as if all were well; the files that are in the recycle bin are deleted.</summary>
    DeleteTheOthers,

    /// <summary>Code 5066 ("file not found"), and yet the files that are in the recycle bin are deleted.</summary>
    DeleteTheOthersAndReject,
}
