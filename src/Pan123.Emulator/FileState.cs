namespace Pan123.Emulator;

/// <summary>Where a file of an <see cref="EmulatedDrive"/> stands.</summary>
public enum FileState
{
    /// <summary>The drive has never held a file of this ID.</summary>
    Unknown,

    /// <summary>In a folder of the drive, not deleted.</summary>
    Active,

    /// <summary>In the recycle bin: the only state from which a file can be deleted permanently.</summary>
    InRecycleBin,

    /// <summary>Deleted permanently; cannot be restored.</summary>
    Deleted,
}
