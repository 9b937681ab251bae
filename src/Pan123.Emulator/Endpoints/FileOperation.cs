namespace Pan123.Emulator;

/// <summary>What a request has done to files.</summary>
internal enum FileOperation
{
    /// <summary>It deleted them. What belongs to no file counts as this, with no files.</summary>
    Delete,

    /// <summary>It moved them into the recycle bin.</summary>
    Trash,

    /// <summary>It restored them from the recycle bin.</summary>
    Recover,

    /// <summary>It looked them up.</summary>
    Look,
}
