namespace Pan123.Emulator.Tests;

/// <summary>Deletions, and moves into the recycle bin, that take effect some time after their response.</summary>
public sealed class EffectDelayTests : EmulatorFixture
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    private readonly SteppedClock _clock = new();

    protected override Pan123EmulatorOptions Options => new() { TimeProvider = _clock, AssumedEffectDelay = Delay };

    [Test]
    public async Task A_deletion_shows_at_the_very_tick_at_which_it_is_due()
    {
        Pan.Drive.AddToRecycleBin(1);
        var reply = await DeleteAsync(1);

        _clock.Move(Delay - TimeSpan.FromTicks(1));
        var before = (Pan.Drive.GetState(1), (await GetInfosAsync(1)).FileIds.Count(), (await ListAsync(0)).FileIds.Count(), Pan.Drive.DeletedFileIds.Count);
        _clock.Move(TimeSpan.FromTicks(1));
        var after = (Pan.Drive.GetState(1), (await GetInfosAsync(1)).FileIds.Count(), (await ListAsync(0)).FileIds.Count(), Pan.Drive.DeletedFileIds.Count);

        Assert.That(reply.Code, Is.Zero);
        Assert.That(before, Is.EqualTo((FileState.InRecycleBin, 1, 1, 0)));
        Assert.That(after, Is.EqualTo((FileState.Deleted, 0, 0, 1)));
        Assert.That(Pan.Requests[0].DeletedFileIds, Is.EqualTo([1]));
    }

    [Test]
    public async Task What_was_just_trashed_cannot_be_deleted_yet()
    {
        Pan.Drive.AddActive(1);
        await TrashAsync(1);

        var tooEarly = await DeleteAsync(1);
        _clock.Move(Delay);
        var inTime = await DeleteAsync(1);

        Assert.That((tooEarly.Code, inTime.Code), Is.EqualTo((5066, 0)));
    }

    [Test]
    public async Task A_second_deletion_in_the_meantime_is_accepted_and_deletes_nothing_more()
    {
        Pan.Drive.AddToRecycleBin(1, 2);
        await DeleteAsync(1);

        var again = await DeleteAsync(1, 2);
        _clock.Move(Delay);

        Assert.That(again.Code, Is.Zero);
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([1, 2]));
        Assert.That(Pan.Requests.SelectMany(request => request.DeletedFileIds), Is.EqualTo([1, 2]));
    }

    [Test]
    public async Task What_is_restored_in_the_meantime_is_not_deleted()
    {
        Pan.Drive.AddToRecycleBin(1, 2);
        await DeleteAsync(1, 2);
        await RecoverAsync(1);

        _clock.Move(Delay);

        Assert.That(Pan.Drive.GetState(1), Is.EqualTo(FileState.Active));
        Assert.That(Pan.Drive.GetState(2), Is.EqualTo(FileState.Deleted));
    }

    [Test]
    public async Task A_file_that_is_due_to_be_deleted_cannot_be_added_again_afterwards()
    {
        Pan.Drive.AddToRecycleBin(1);
        await DeleteAsync(1);
        _clock.Move(Delay);

        Assert.That(() => Pan.Drive.AddActive(1), Throws.ArgumentException);
    }
}
