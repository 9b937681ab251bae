namespace Pan123;

public partial class RecoverFilesResponse
{
    /// <summary>
    /// The IDs of the files that were not recovered, because their folder no longer exists; empty if all were recovered.
    /// <see cref="IPan123Client.RecoverFilesToFolderAsync"/> recovers them to another folder.
    /// </summary>
    public IReadOnlyList<long> NotRecoveredFileIds => Data?.AbnormalFileIds ?? [];
}
