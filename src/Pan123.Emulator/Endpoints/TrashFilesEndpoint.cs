namespace Pan123.Emulator;

/// <summary><c>POST /api/v1/file/trash</c>: moves files and folders to the recycle bin.</summary>
internal sealed class TrashFilesEndpoint(Pan123EmulatorOptions options, EmulatedDrive drive)
    : FileIdsEndpoint(Pan123Emulator.TrashFilesPath, FileOperation.Trash, new FileIdsBody("fileIDs", options.MaxFileIdsPerRequest))
{
    protected override EndpointResult Process(IReadOnlyList<long> fileIds, long folderId)
    {
        var assumed = options.AssumedStaleTrashBehavior;
        var result = drive.Trash(fileIds, allOrNothing: assumed == StaleMoveBehavior.RejectRequest);
        return Describe(result, passesOver: assumed == StaleMoveBehavior.MoveTheOthers, "not there, or in the recycle bin already");
    }
}
