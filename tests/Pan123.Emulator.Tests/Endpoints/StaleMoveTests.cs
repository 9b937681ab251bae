namespace Pan123.Emulator.Tests;

[TestFixture(StaleMoveBehavior.RejectRequest)]
[TestFixture(StaleMoveBehavior.MoveTheOthers)]
[TestFixture(StaleMoveBehavior.MoveTheOthersAndReject)]
public sealed class StaleMoveTests(StaleMoveBehavior assumed) : EmulatorFixture
{
    private const long Unknown = 1;
    private const long Active = 2;
    private const long Deleted = 3;
    private const long InRecycleBin = 4;

    protected override Pan123EmulatorOptions Options => new() { AssumedStaleTrashBehavior = assumed, AssumedStaleRecoverBehavior = assumed };

    private int ExpectedCode => assumed == StaleMoveBehavior.MoveTheOthers ? 0 : 5066;

    private bool IsMoved => assumed != StaleMoveBehavior.RejectRequest;

    [SetUp]
    public async Task FillTheDriveAsync()
    {
        Pan.Drive.AddActive(Active);
        Pan.Drive.AddToRecycleBin(Deleted, InRecycleBin);
        await DeleteAsync(Deleted);
    }

    [Test]
    public async Task What_cannot_be_trashed_is_answered_as_assumed([Values(Unknown, InRecycleBin, Deleted)] long stale)
    {
        var reply = await TrashAsync(Active, stale);

        Assert.That(reply.Code, Is.EqualTo(ExpectedCode));
        Assert.That(reply.Message, Is.EqualTo(ExpectedCode == 0 ? "ok" : $"not there, or in the recycle bin already: {stale}"));
        Assert.That(Pan.Drive.GetState(Active), Is.EqualTo(IsMoved ? FileState.InRecycleBin : FileState.Active));
        Assert.That(Pan.Requests[1].TrashedFileIds, Is.EqualTo(IsMoved ? [Active] : Array.Empty<long>()));
    }

    [Test]
    public async Task What_cannot_be_restored_is_answered_as_assumed([Values(Unknown, Active, Deleted)] long stale, [Values] bool isToFolder)
    {
        var reply = isToFolder ? await RecoverToFolderAsync(0, InRecycleBin, stale) : await RecoverAsync(InRecycleBin, stale);

        Assert.That(reply.Code, Is.EqualTo(ExpectedCode));
        Assert.That(reply.Message, Is.EqualTo(ExpectedCode == 0 ? "ok" : $"not in the recycle bin: {stale}"));
        Assert.That(Pan.Drive.GetState(InRecycleBin), Is.EqualTo(IsMoved ? FileState.Active : FileState.InRecycleBin));
        Assert.That(Pan.Requests[1].RecoveredFileIds, Is.EqualTo(IsMoved ? [InRecycleBin] : Array.Empty<long>()));
    }

    [Test]
    public async Task What_was_deleted_stays_so()
    {
        await TrashAsync(Deleted, Unknown);
        await RecoverAsync(Deleted, Unknown);

        Assert.That(Pan.Drive.GetState(Deleted), Is.EqualTo(FileState.Deleted));
        Assert.That(Pan.Drive.GetState(Unknown), Is.EqualTo(FileState.Unknown));
    }
}
