namespace Pan123.Emulator;

/// <summary>The state of a file in an <see cref="EmulatedDrive"/>.</summary>
public enum FileState
{
    /// <summary>The drive has never contained a file with this ID.</summary>
    Unknown,

    /// <summary>In a folder of the drive, not deleted.</summary>
    Active,

    /// <summary>In the recycle bin: the only state from which a file can be deleted permanently.</summary>
    InRecycleBin,

    /// <summary>Deleted permanently; cannot be recovered.</summary>
    Deleted,
}
