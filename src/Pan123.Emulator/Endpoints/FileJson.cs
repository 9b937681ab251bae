using System.Globalization;
using System.Text.Json.Nodes;

namespace Pan123.Emulator;

/// <summary>Files and folders in a response.</summary>
internal static class FileJson
{
    // The platform writes the time of China, whatever the client's time zone.
    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8);

    public static JsonArray Write(IEnumerable<EmulatedFile> files, FileDateFormat format) => new([.. files.Select(file => Write(file, format))]);

    private static JsonObject Write(EmulatedFile file, FileDateFormat format) => new()
    {
        ["fileId"] = file.Id,
        ["filename"] = file.Name,
        ["parentFileId"] = file.ParentId,
        ["type"] = file.IsFolder ? 1 : 0,
        ["etag"] = file.Etag,
        ["size"] = file.Size,
        ["category"] = file.Category,
        ["status"] = file.Status,
        ["punishFlag"] = 0,
        ["s3KeyFlag"] = "x-0",
        ["storageNode"] = file.IsFolder ? "m0" : "m16",
        ["trashed"] = file.State == FileState.InRecycleBin ? 1 : 0,
        ["createAt"] = Write(file.CreatedAt, format),
        ["updateAt"] = Write(file.UpdatedAt, format),
    };

    private static string Write(DateTimeOffset time, FileDateFormat format) => time.ToOffset(ChinaStandardTime).ToString(
        format switch
        {
            FileDateFormat.WithoutOffset => "yyyy-MM-dd HH:mm:ss",
            FileDateFormat.WithOffsetAndZone => "yyyy-MM-dd HH:mm:ss '+0800 CST'",
            _ => "yyyy-MM-dd'T'HH:mm:sszzz",
        },
        CultureInfo.InvariantCulture);
}
