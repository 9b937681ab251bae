namespace Pan123.Cli;

/// <summary>What the program tells a script.</summary>
internal static class ExitCode
{
    /// <summary>All files were deleted.</summary>
    public const int Deleted = 0;

    /// <summary>The service refused.</summary>
    public const int Rejected = 1;

    /// <summary>Wrong usage or input, or nobody consented: nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>There is no verdict: the service was not reached, or did not answer as documented.</summary>
    public const int Unknown = 3;
}
