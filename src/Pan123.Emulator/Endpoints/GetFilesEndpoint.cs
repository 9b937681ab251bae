using System.Text.Json.Nodes;

namespace Pan123.Emulator;

/// <summary><c>POST /api/v1/file/infos</c>: looks up files and folders by ID.</summary>
internal sealed class GetFilesEndpoint(Pan123EmulatorOptions options, EmulatedDrive drive)
    : FileIdsEndpoint(Pan123Emulator.GetFilesPath, FileOperation.Look, new FileIdsBody("fileIds", options.AssumedMaxFileIdsPerLookup))
{
    protected override EndpointResult Process(IReadOnlyList<long> fileIds, long folderId)
    {
        var files = drive.FindAll(fileIds);
        long[] found = [.. files.Select(file => file.Id)];
        return options.AssumedLookupRejectsUnknownIds && found.Length < fileIds.Count
            ? EndpointResult.Rejected(ResponseCode.FileNotFound, $"not there: {string.Join(", ", fileIds.Except(found))}")
            : EndpointResult.Success(found, new JsonObject
            {
                [options.SendsLookupAsList ? "list" : "fileList"] = FileJson.Write(files, options.AssumedDateFormat),
            });
    }
}
