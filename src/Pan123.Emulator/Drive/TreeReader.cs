using System.Text.Json;

namespace Pan123.Emulator;

/// <summary>Reads a tree of files and folders, strictly.</summary>
/// <param name="now">The time of files and folders without one.</param>
internal sealed class TreeReader(DateTimeOffset now)
{
    private const string Names = "name, id, size, trashed, createdAt, updatedAt and children";

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 512,
    };

    /// <exception cref="FormatException">The text is not a tree. The message says where and why.</exception>
    public IReadOnlyList<TreeNode> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return ReadAll(document.RootElement, "$");
        }
        catch (JsonException e)
        {
            // The message ends with a line number too, but counts lines from 0.
            var reason = e.Message.Split(" LineNumber:")[0];
            throw new FormatException(e.LineNumber is { } line ? $"line {line + 1}: this is not JSON: {reason}" : $"$: {reason}", e);
        }
        catch (InvalidOperationException e)
        {
            // JSON allows an escaped lone surrogate, which is detected only when the string is read:
            // https://datatracker.ietf.org/doc/html/rfc8259#section-8.2
            throw new FormatException("$: a name is not valid Unicode: it contains half of a surrogate pair.", e);
        }
    }

    private List<TreeNode> ReadAll(JsonElement array, string place)
    {
        Check(array.ValueKind == JsonValueKind.Array, place, "give an array of files and folders");
        return [.. array.EnumerateArray().Select((node, i) => ReadNode(node, $"{place}[{i}]"))];
    }

    private TreeNode ReadNode(JsonElement node, string place)
    {
        Check(node.ValueKind == JsonValueKind.Object, place, "give an object for a file or folder");
        var (name, size, isTrashed, id, children) = ((string?)null, 0L, false, (long?)null, (IReadOnlyList<TreeNode>?)null);
        var (createdAt, updatedAt) = (now, (DateTimeOffset?)null);
        foreach (var property in node.EnumerateObject())
        {
            var (value, at) = (property.Value, $"{place}.{property.Name}");
            switch (property.Name)
            {
                case "name":
                    name = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
                    Check(!string.IsNullOrWhiteSpace(name), at, "give a text that is not empty");
                    break;
                case "id":
                    id = ReadNumber(value, 1, at);
                    break;
                case "size":
                    size = ReadNumber(value, 0, at);
                    break;
                case "trashed":
                    Check(value.ValueKind is JsonValueKind.True or JsonValueKind.False, at, "give true or false");
                    isTrashed = value.GetBoolean();
                    break;
                case "createdAt":
                    createdAt = ReadTime(value, at);
                    break;
                case "updatedAt":
                    updatedAt = ReadTime(value, at);
                    break;
                case "children":
                    children = ReadAll(value, at);
                    break;
                default:
                    throw new FormatException($"{place}: '{property.Name}' is not known: a file or folder has {Names}.");
            }
        }

        Check(name is not null, place, "give it a name");
        Check(children is null || !node.TryGetProperty("size", out _), place, "give size or children, not both: a folder has no size");
        var entry = new DriveEntry
        {
            Name = name!,
            IsFolder = children is not null,
            Size = size,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt ?? createdAt,
            ParentId = EmulatedDrive.RootFolderId,
        };
        return new TreeNode(place, id, isTrashed, entry, children ?? []);
    }

    private static long ReadNumber(JsonElement value, long min, string place)
    {
        var number = 0L;
        Check(value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out number) && number >= min, place, $"give a whole number from {min} to {long.MaxValue}");
        return number;
    }

    private static DateTimeOffset ReadTime(JsonElement value, string place)
    {
        DateTimeOffset time = default;
        Check(value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out time), place, "give a time such as 2025-02-24T17:57:01+08:00");
        return time;
    }

    private static void Check(bool isRight, string place, string rule)
    {
        if (!isRight)
        {
            throw new FormatException($"{place}: {rule}.");
        }
    }
}
