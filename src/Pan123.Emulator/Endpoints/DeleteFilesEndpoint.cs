namespace Pan123.Emulator;

/// <summary><c>POST /api/v1/file/delete</c>: deletes files that are in the recycle bin.</summary>
internal sealed class DeleteFilesEndpoint(Pan123EmulatorOptions options, EmulatedDrive drive)
    : FileIdsEndpoint(Pan123Emulator.DeleteFilesPath, FileOperation.Delete, new FileIdsBody("fileIDs", options.MaxFileIdsPerRequest))
{
    protected override EndpointResult Process(IReadOnlyList<long> fileIds, long folderId)
    {
        var assumed = options.AssumedStaleIdBehavior;
        var result = drive.Delete(fileIds, allOrNothing: assumed == StaleIdBehavior.RejectRequest);
        return Describe(result, passesOver: assumed == StaleIdBehavior.DeleteTheOthers, "not in the recycle bin");
    }
}
