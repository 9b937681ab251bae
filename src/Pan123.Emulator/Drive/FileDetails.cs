using System.Globalization;
using System.Security.Cryptography;

namespace Pan123.Emulator;

/// <summary>Details that are derived from an ID or a name, and so need no memory.</summary>
internal static class FileDetails
{
    private const int Unknown = 0;
    private const int Audio = 1;
    private const int Video = 2;
    private const int Image = 3;
    private const int Archive = 10;

    /// <summary>The state of review in the documentation's examples: 2 for files, 0 for folders. Above 100, a file was rejected.</summary>
    private const int Reviewed = 2;

    /// <summary>A file that was added by its ID alone, with all details.</summary>
    /// <param name="fileId">Its ID, from which its name and size are derived.</param>
    /// <param name="time">When the drive was created.</param>
    public static DriveEntry OfBareId(long fileId, DateTimeOffset time) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"file-{fileId}.bin"),
        IsFolder = false,
        Size = (fileId % 1000 * 1024) + 1,
        CreatedAt = time,
        UpdatedAt = time,
        ParentId = EmulatedDrive.RootFolderId,
    };

    public static EmulatedFile Describe(long fileId, DriveEntry entry, FileState state) => new()
    {
        Id = fileId,
        Name = entry.Name,
        IsFolder = entry.IsFolder,
        ParentId = entry.ParentId,
        Size = entry.Size,
        Etag = entry.IsFolder ? "" : Etag(fileId),
        Category = entry.IsFolder ? Unknown : Category(entry.Name),
        Status = entry.IsFolder ? 0 : Reviewed,
        CreatedAt = entry.CreatedAt,
        UpdatedAt = entry.UpdatedAt,
        State = state,
    };

    // As long as an MD5. There is no content from which to compute one.
    private static string Etag(long fileId) => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(fileId)).AsSpan(0, 16));

    // 1 to 3 are documented; 10 occurs in an example, for a .gz file.
    private static int Category(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".MP3" or ".FLAC" or ".WAV" => Audio,
        ".MP4" or ".MKV" or ".MOV" => Video,
        ".JPG" or ".JPEG" or ".PNG" or ".GIF" => Image,
        ".GZ" or ".ZIP" or ".RAR" or ".7Z" => Archive,
        _ => Unknown,
    };
}
