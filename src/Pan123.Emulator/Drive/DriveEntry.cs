namespace Pan123.Emulator;

/// <summary>The data of a file or folder that was added with more than its ID.</summary>
internal sealed class DriveEntry
{
    public required string Name { get; init; }

    public required bool IsFolder { get; init; }

    public required long Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The ID of its folder, or of its former folder if it is in the recycle bin.</summary>
    public required long ParentId { get; set; }
}
