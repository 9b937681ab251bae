using System.Text.Json.Nodes;

namespace Pan123.Emulator;

/// <summary>
/// <c>POST /api/v1/file/recover</c> and <c>POST /api/v1/file/recover/by_path</c>: recover files and folders from the recycle bin to their
/// former folders, or to a given one.
/// </summary>
internal sealed class RecoverFilesEndpoint(Pan123EmulatorOptions options, EmulatedDrive drive, bool isToFolder) : FileIdsEndpoint(
    isToFolder ? Pan123Emulator.RecoverFilesToFolderPath : Pan123Emulator.RecoverFilesPath,
    FileOperation.Recover,
    new FileIdsBody("fileIDs", options.MaxFileIdsPerRequest, isToFolder ? "parentFileID" : null))
{
    protected override EndpointResult Process(IReadOnlyList<long> fileIds, long folderId)
    {
        var assumed = options.AssumedStaleRecoverBehavior;
        var result = drive.Recover(fileIds, allOrNothing: assumed == StaleMoveBehavior.RejectRequest, isToFolder ? folderId : null);
        return result is null
            ? EndpointResult.Rejected(ResponseCode.FileNotFound, $"not a folder, or in the recycle bin: {folderId}")
            : Describe(result, passesOver: assumed == StaleMoveBehavior.MoveTheOthers, "not in the recycle bin", Data(result.Abnormal));
    }

    private JsonObject? Data(IReadOnlyList<long> abnormal) => isToFolder || options.SendsNullForRecover
        ? null
        : new JsonObject { ["abnormalFileIDs"] = new JsonArray([.. abnormal.Select(id => (JsonNode)id)]) };
}
