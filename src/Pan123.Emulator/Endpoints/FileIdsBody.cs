using System.Text.Json;

namespace Pan123.Emulator;

/// <summary>Reads a body such as <c>{"fileIDs": [14705301, 14705306]}</c>, strictly.</summary>
/// <param name="name">The name of the list, which differs between endpoints.</param>
/// <param name="maxCount">The maximum number of IDs in the list.</param>
/// <param name="folderName">The name of the property for a folder ID; null if there is none.</param>
internal sealed class FileIdsBody(string name, int maxCount, string? folderName = null)
{
    /// <summary>Reads the IDs.</summary>
    /// <param name="body">The body, which must be UTF-8.</param>
    /// <param name="fileIds">The IDs, each greater than 0, without duplicates, if nothing is wrong.</param>
    /// <param name="folderId">The folder ID; 0 if there is none.</param>
    /// <returns>What is wrong with the body; null if nothing is.</returns>
    public string? Read(ReadOnlyMemory<byte> body, out IReadOnlyList<long> fileIds, out long folderId)
    {
        (fileIds, folderId) = ([], 0);
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement, out fileIds, out folderId) ?? FindProblem(fileIds);
        }
        catch (JsonException e)
        {
            return $"the body is not JSON: {e.Message}";
        }
    }

    private string? Read(JsonElement root, out IReadOnlyList<long> fileIds, out long folderId)
    {
        var ids = new List<long>();
        (fileIds, folderId) = (ids, 0);

        // The count includes duplicate properties, of which a lenient reader would take the last.
        JsonElement folder = default;
        if (root.ValueKind != JsonValueKind.Object
            || root.GetPropertyCount() != (folderName is null ? 1 : 2)
            || !root.TryGetProperty(name, out var array)
            || (folderName is not null && !root.TryGetProperty(folderName, out folder)))
        {
            return folderName is null
                ? $"the body must be an object with the property {name}, once, and no other"
                : $"the body must be an object with the properties {name} and {folderName}, each once, and no other";
        }

        if (folderName is not null && !(IsInteger(folder, out folderId) && folderId >= EmulatedDrive.RootFolderId))
        {
            return $"{folderName} must be a 64-bit integer, 0 or greater";
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            return $"{name} must be an array";
        }

        foreach (var item in array.EnumerateArray())
        {
            if (!IsInteger(item, out var fileId))
            {
                return $"{name}[{ids.Count}] must be a 64-bit integer";
            }

            ids.Add(fileId);
        }

        return null;
    }

    private static bool IsInteger(JsonElement element, out long value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out value);
    }

    private string? FindProblem(IReadOnlyList<long> fileIds)
    {
        if (fileIds.Count == 0)
        {
            return $"{name} must not be empty";
        }

        if (fileIds.Count > maxCount)
        {
            return $"{name} must hold at most {maxCount} IDs, not {fileIds.Count}";
        }

        var seen = new HashSet<long>();
        foreach (var id in fileIds)
        {
            if (id <= 0)
            {
                return $"{name} must be greater than 0, not {id}";
            }

            if (!seen.Add(id))
            {
                return $"{name} must not hold {id} twice";
            }
        }

        return null;
    }
}
