using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Pan123.Cli;

/// <summary>Files for programs: one line of JSON for each, with stable names that the README documents.</summary>
internal sealed partial class FileJsonLines(TextWriter writer)
{
    private static readonly FileLineJson Json = new(ReadableJson.Of(FileLineJson.Default.Options));

    /// <summary>What a terminal would obey, such as a mark that turns the direction of text. It can only be within a string, where it may be escaped.</summary>
    [GeneratedRegex(@"[\p{Cc}\p{Cf}\u2028\u2029]")]
    private static partial Regex Unprintable { get; }

    public void Write(ListedFile listed)
    {
        var file = listed.File;
        var line = JsonSerializer.Serialize(
            new Line(file.FileId, file.Filename, listed.Path, file.IsFolder, file.Size, file.ParentFileId, file.IsTrashed, file.CreateAt), Json.Line);
        writer.WriteLine(Unprintable.Replace(line, match => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)match.Value[0]:X4}")));
    }

    private sealed record Line(long FileId, string Name, string Path, bool IsFolder, long Size, long FolderId, bool IsTrashed, string? CreatedAt);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Line))]
    private sealed partial class FileLineJson : JsonSerializerContext;
}
