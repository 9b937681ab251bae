using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Pan123.Emulator;

/// <summary>Reads the body <c>{"fileIDs": [14705301, 14705306]}</c>, and nothing that merely resembles it.</summary>
internal static class DeleteFilesBody
{
    /// <summary>Reads the file IDs.</summary>
    /// <param name="body">The body, which must be UTF-8.</param>
    /// <param name="fileIds">The IDs; null if the body is not as documented.</param>
    /// <param name="problem">What is wrong with the body; null if nothing is.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> body, [NotNullWhen(true)] out IReadOnlyList<long>? fileIds, [NotNullWhen(false)] out string? problem)
    {
        fileIds = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            problem = Read(document.RootElement, out var read);
            fileIds = problem is null ? read : null;
        }
        catch (JsonException e)
        {
            problem = $"the body is not JSON: {e.Message}";
        }

        return problem is null;
    }

    private static string? Read(JsonElement root, out List<long> fileIds)
    {
        fileIds = [];

        // The count includes repeated properties, of which a lenient reader would take the last.
        if (root.ValueKind != JsonValueKind.Object || root.GetPropertyCount() != 1 || !root.TryGetProperty("fileIDs", out var array))
        {
            return "the body must be an object with the property fileIDs, once, and no other";
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            return "fileIDs must be an array";
        }

        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var fileId))
            {
                return $"fileIDs[{fileIds.Count}] must be a 64-bit integer";
            }

            fileIds.Add(fileId);
        }

        return null;
    }
}
