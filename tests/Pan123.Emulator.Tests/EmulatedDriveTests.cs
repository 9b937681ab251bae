namespace Pan123.Emulator.Tests;

public sealed class EmulatedDriveTests : EmulatorFixture
{
    [Test]
    public void A_drive_is_empty_at_first()
    {
        Assert.That(Pan.Drive.GetState(1), Is.EqualTo(FileState.Unknown));
        Assert.That(Pan.Drive.DeletedFileIds, Is.Empty);
    }

    [Test]
    public void Files_move_between_folder_and_recycle_bin()
    {
        Pan.Drive.AddActive(1, 2);
        Pan.Drive.AddToRecycleBin(1, 3);
        Pan.Drive.AddActive(3);

        Assert.That(Pan.Drive.GetState(1), Is.EqualTo(FileState.InRecycleBin));
        Assert.That(Pan.Drive.GetState(2), Is.EqualTo(FileState.Active));
        Assert.That(Pan.Drive.GetState(3), Is.EqualTo(FileState.Active));
    }

    [Test]
    public async Task Files_are_counted_by_state()
    {
        Pan.Drive.AddActive(1, 2, 3);
        Pan.Drive.AddToRecycleBin(4, 5, 6);

        await DeleteAsync(4);

        Assert.That(Pan.Drive.Count(FileState.Active), Is.EqualTo(3));
        Assert.That(Pan.Drive.Count(FileState.InRecycleBin), Is.EqualTo(2));
        Assert.That(Pan.Drive.Count(FileState.Deleted), Is.EqualTo(1));
        Assert.That(Pan.Drive.Count(FileState.Unknown), Is.Zero);
    }

    [Test]
    public async Task A_deleted_file_does_not_come_back_and_keeps_others_from_being_added_with_it()
    {
        Pan.Drive.AddToRecycleBin(1);
        await DeleteAsync(1);

        Assert.That(() => Pan.Drive.AddToRecycleBin(2, 1), Throws.ArgumentException.With.Message.Contains("File 1 has been deleted"));
        Assert.That(Pan.Drive.GetState(1), Is.EqualTo(FileState.Deleted));
        Assert.That(Pan.Drive.GetState(2), Is.EqualTo(FileState.Unknown));
    }

    [TestCase(0)]
    [TestCase(long.MinValue)]
    public void An_ID_below_1_is_no_file(long fileId)
    {
        Assert.That(() => Pan.Drive.AddActive(5, fileId), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(Pan.Drive.GetState(5), Is.EqualTo(FileState.Unknown));
    }

    [Test]
    public void A_sequence_that_asks_the_drive_may_be_added()
    {
        Pan.Drive.AddActive(1);

        Pan.Drive.AddToRecycleBin(Enumerable.Range(1, 2).Select(id => (long)id).Where(id => Pan.Drive.GetState(id) == FileState.Active));

        Assert.That(Pan.Drive.Count(FileState.InRecycleBin), Is.EqualTo(1));
    }

    [Test]
    public void A_list_once_taken_does_not_change()
    {
        var before = Pan.Drive.DeletedFileIds;
        Pan.Drive.AddToRecycleBin(1);

        Assert.That(async () => await DeleteAsync(1), Throws.Nothing);
        Assert.That(before, Is.Empty);
    }
}
