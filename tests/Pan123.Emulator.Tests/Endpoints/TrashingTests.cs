namespace Pan123.Emulator.Tests;

public sealed class TrashingTests : EmulatorFixture
{
    [Test]
    public async Task The_documented_example_is_answered_to_the_letter()
    {
        Pan.Drive.AddActive(14705301, 14705306, 7);

        var reply = await SendAsync(PostRequest(TrashPath, """{"fileIDs": [14705301, 14705306]}"""));

        Assert.That(reply.Body, Is.EqualTo($$"""{"code":0,"message":"ok","data":null,"x-traceID":"{{reply.TraceId}}"}"""));
        Assert.That(Pan.Drive.GetState(14705301), Is.EqualTo(FileState.InRecycleBin));
        Assert.That(Pan.Drive.GetState(14705306), Is.EqualTo(FileState.InRecycleBin));
        Assert.That(Pan.Drive.GetState(7), Is.EqualTo(FileState.Active));
    }

    [Test]
    public async Task What_was_trashed_can_be_deleted_at_once()
    {
        var folder = Pan.Drive.AddFolder("photos");

        var trashed = await TrashAsync(folder);
        var deleted = await DeleteAsync(folder);

        Assert.That((trashed.Code, deleted.Code), Is.EqualTo((0, 0)));
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([folder]));
    }

    [Test]
    public async Task The_record_has_what_was_trashed()
    {
        Pan.Drive.AddActive(1, 2);

        await TrashAsync(2, 1);

        Assert.That(Pan.Requests[0].TrashedFileIds, Is.EqualTo([2, 1]));
        Assert.That(Pan.Requests[0].DeletedFileIds, Is.Empty);
        Assert.That($"{Pan.Requests[0]}", Is.EqualTo("POST /api/v1/file/trash, 2 trashed, no fault"));
    }

    [Test]
    public async Task Of_a_folder_in_the_recycle_bin_the_content_is_not_marked_unless_that_is_assumed()
    {
        var folder = Pan.Drive.AddFolder("photos");
        var file = Pan.Drive.AddFile("a.jpg", 1, folder);

        await TrashAsync(folder);

        Assert.That((await GetInfosAsync(folder, file)).Trashed, Is.EqualTo([1, 0]));
        Assert.That((await DeleteAsync(file)).Code, Is.EqualTo(5066));
    }
}
