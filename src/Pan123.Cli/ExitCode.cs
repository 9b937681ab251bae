namespace Pan123.Cli;

/// <summary>What the program tells a script.</summary>
internal static class ExitCode
{
    /// <summary>All files were deleted, or whatever else was asked for was done.</summary>
    public const int Success = 0;

    /// <summary>The service rejected some files, and the outcome of all is known; or it rejected the credentials of a login.</summary>
    public const int Rejected = 1;

    /// <summary>Wrong usage or input, or nobody consented: nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>The outcome of some files is unknown: the service was not reached, did not respond as documented, or the run was stopped.</summary>
    public const int Unknown = 3;
}
