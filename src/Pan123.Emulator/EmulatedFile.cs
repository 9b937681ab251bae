namespace Pan123.Emulator;

/// <summary>A file or folder of an <see cref="EmulatedDrive"/>, as it was when it was looked up. Immutable.</summary>
public sealed record EmulatedFile
{
    /// <summary>The ID, greater than 0.</summary>
    public required long Id { get; init; }

    /// <summary>The name. Several files of a folder may have the same.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a folder.</summary>
    public required bool IsFolder { get; init; }

    /// <summary>
    /// The ID of the folder that it is in, or was in before it went into the recycle bin: <see cref="EmulatedDrive.RootFolderId"/> for the
    /// root folder.
    /// </summary>
    public required long ParentId { get; init; }

    /// <summary>The size in bytes; 0 for a folder.</summary>
    public required long Size { get; init; }

    /// <summary>32 hexadecimal digits that follow from the ID, in place of an MD5; empty for a folder.</summary>
    public required string Etag { get; init; }

    /// <summary>What kind of file it is, by its name: 0 unknown, 1 audio, 2 video, 3 image, 10 archive.</summary>
    public required int Category { get; init; }

    /// <summary>The state of its review: 2 for a file, 0 for a folder, as in the documentation's examples.</summary>
    public required int Status { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed. Neither the recycle bin nor another folder changes a file.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public required FileState State { get; init; }
}
