namespace Pan123.Emulator;

/// <summary>What a request has done to files.</summary>
internal enum FileOperation
{
    /// <summary>It deleted them. A request that concerns no files counts as this too, without files.</summary>
    Delete,

    /// <summary>It moved them to the recycle bin.</summary>
    Trash,

    /// <summary>It recovered them from the recycle bin.</summary>
    Recover,

    /// <summary>It looked them up.</summary>
    Look,
}
