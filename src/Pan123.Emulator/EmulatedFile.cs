namespace Pan123.Emulator;

/// <summary>A file or folder of an <see cref="EmulatedDrive"/>, as it was when it was looked up. Immutable.</summary>
public sealed record EmulatedFile
{
    /// <summary>The ID, greater than 0.</summary>
    public required long Id { get; init; }

    /// <summary>The name, which need not be unique in its folder.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a folder.</summary>
    public required bool IsFolder { get; init; }

    /// <summary>
    /// The ID of its folder, or of its former folder if it is in the recycle bin: <see cref="EmulatedDrive.RootFolderId"/> for the root
    /// folder.
    /// </summary>
    public required long ParentId { get; init; }

    /// <summary>The size in bytes; 0 for a folder.</summary>
    public required long Size { get; init; }

    /// <summary>32 hexadecimal digits that are derived from the ID, in place of an MD5; empty for a folder.</summary>
    public required string Etag { get; init; }

    /// <summary>The kind of file, by the extension of its name: 0 unknown, 1 audio, 2 video, 3 image, 10 archive.</summary>
    public required int Category { get; init; }

    /// <summary>The state of the platform's review: 2 for a file, 0 for a folder, as in the documentation's examples.</summary>
    public required int Status { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed. Moving a file to another folder or to the recycle bin does not change it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The state: active, in the recycle bin, or deleted.</summary>
    public required FileState State { get; init; }
}
