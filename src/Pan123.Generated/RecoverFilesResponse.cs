namespace Pan123;

public partial class RecoverFilesResponse
{
    /// <summary>
    /// The files that were not recovered, because the folder in which they were does not exist any more; empty if all were.
    /// <see cref="IPan123Client.RecoverFilesToFolderAsync"/> recovers them to another one.
    /// </summary>
    public IReadOnlyList<long> NotRecoveredFileIds => Data?.AbnormalFileIds ?? [];
}
