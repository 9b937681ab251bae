namespace Pan123.Emulator.Tests;

[TestFixture(StaleIdBehavior.RejectRequest)]
[TestFixture(StaleIdBehavior.DeleteTheOthers)]
[TestFixture(StaleIdBehavior.DeleteTheOthersAndReject)]
public sealed class StaleIdTests(StaleIdBehavior assumedAnswer) : EmulatorFixture
{
    private const long Unknown = 1;
    private const long Active = 2;
    private const long Deleted = 3;
    private const long InRecycleBin = 4;

    protected override Pan123EmulatorOptions Options => new() { AssumedStaleIdBehavior = assumedAnswer };

    private int ExpectedCode => assumedAnswer == StaleIdBehavior.DeleteTheOthers ? 0 : 5066;

    private long[] ExpectedDeletions => assumedAnswer == StaleIdBehavior.RejectRequest ? [] : [InRecycleBin];

    [SetUp]
    public async Task FillTheDriveAsync()
    {
        Pan.Drive.AddActive(Active);
        Pan.Drive.AddToRecycleBin(Deleted, InRecycleBin);
        await DeleteAsync(Deleted);
    }

    [Test]
    public async Task A_file_that_is_not_in_the_recycle_bin_is_answered_as_assumed([Values(Unknown, Active, Deleted)] long stale)
    {
        var reply = await DeleteAsync(InRecycleBin, stale);

        Assert.That(reply.Code, Is.EqualTo(ExpectedCode));
        Assert.That(reply.Message, Is.EqualTo(ExpectedCode == 0 ? "ok" : $"not in the recycle bin: {stale}"));
        Assert.That(Pan.Requests[1].DeletedFileIds, Is.EqualTo(ExpectedDeletions));
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([Deleted, .. ExpectedDeletions]));
    }

    [Test]
    public async Task A_stale_file_keeps_its_state()
    {
        await DeleteAsync(Unknown, Active, Deleted);

        Assert.That(Pan.Drive.GetState(Unknown), Is.EqualTo(FileState.Unknown));
        Assert.That(Pan.Drive.GetState(Active), Is.EqualTo(FileState.Active));
        Assert.That(Pan.Drive.GetState(Deleted), Is.EqualTo(FileState.Deleted));
    }
}
