namespace Pan123.Emulator.Tests;

public sealed class RecoveringTests : EmulatorFixture
{
    [Test]
    public async Task The_documented_example_is_answered_to_the_letter()
    {
        Pan.Drive.AddToRecycleBin(14705301, 14705306);

        var reply = await SendAsync(PostRequest(RecoverPath, """{"fileIDs": [14705301, 14705306]}"""));

        Assert.That(
            reply.Body, Is.EqualTo($$$"""{"code":0,"message":"ok","data":{"abnormalFileIDs":[]},"x-traceID":"{{{reply.TraceId}}}"}"""));
        Assert.That(Pan.Drive.Count(FileState.Active), Is.EqualTo(2));
        Assert.That($"{Pan.Requests[0]}", Is.EqualTo("POST /api/v1/file/recover, 2 recovered, no fault"));
    }

    [Test]
    public async Task A_file_whose_folder_was_deleted_is_abnormal_and_stays_in_the_recycle_bin()
    {
        var folder = Pan.Drive.AddFolder("photos");
        var (first, second) = (Pan.Drive.AddFile("a.jpg", 1, folder), Pan.Drive.AddFile("b.jpg"));
        await TrashAsync(first, second);
        await TrashAsync(folder);
        await DeleteAsync(folder);

        var reply = await RecoverAsync(first, second);

        Assert.That(reply.Data.GetRawText(), Is.EqualTo($$"""{"abnormalFileIDs":[{{first}}]}"""));
        Assert.That(Pan.Drive.GetState(first), Is.EqualTo(FileState.InRecycleBin));
        Assert.That(Pan.Drive.GetState(second), Is.EqualTo(FileState.Active));
        Assert.That(Pan.Requests[^1].RecoveredFileIds, Is.EqualTo([second]));
    }

    [Test]
    public async Task A_file_whose_folder_is_in_the_recycle_bin_is_abnormal_unless_both_are_restored([Values] bool isFileFirst)
    {
        var folder = Pan.Drive.AddFolder("photos");
        var file = Pan.Drive.AddFile("a.jpg", 1, folder);
        await TrashAsync(file);
        await TrashAsync(folder);

        var alone = await RecoverAsync(file);
        var both = await RecoverAsync(isFileFirst ? [file, folder] : [folder, file]);

        Assert.That(alone.Data.GetRawText(), Is.EqualTo($$"""{"abnormalFileIDs":[{{file}}]}"""));
        Assert.That(both.Data.GetRawText(), Is.EqualTo("""{"abnormalFileIDs":[]}"""));
        Assert.That(Pan.Requests[^1].RecoveredFileIds, Is.EqualTo([folder, file]));
        Assert.That(Pan.Drive.Count(FileState.Active), Is.EqualTo(2));
    }

    [Test]
    public async Task The_documented_example_with_a_folder_is_answered_to_the_letter()
    {
        Pan.Drive.AddFolder("target", folderId: 123456);
        Pan.Drive.AddToRecycleBin(14705301, 14705306);

        var reply = await SendAsync(PostRequest(RecoverToFolderPath, """{"fileIDs": [14705301, 14705306], "parentFileID": 123456}"""));

        Assert.That(reply.Body, Is.EqualTo($$"""{"code":0,"message":"ok","data":null,"x-traceID":"{{reply.TraceId}}"}"""));
        Assert.That((await ListAsync(123456)).FileIds, Is.EqualTo([14705301, 14705306]));
        Assert.That((await ListAsync(0)).FileIds, Is.EqualTo([123456]));
        Assert.That(Pan.Requests[0].RecoveredFileIds, Is.EqualTo([14705301, 14705306]));
    }

    [Test]
    public async Task A_file_whose_folder_was_deleted_can_be_restored_into_another_one([Values] bool isRootListed)
    {
        var folder = Pan.Drive.AddFolder("photos");
        var file = Pan.Drive.AddFile("a.jpg", 1, folder);
        Pan.Drive.AddToRecycleBin(file);
        Pan.Drive.AddToRecycleBin(folder);
        await DeleteAsync(folder);
        if (isRootListed)
        {
            await ListAsync(0);
        }

        var reply = await RecoverToFolderAsync(EmulatedDrive.RootFolderId, file);

        Assert.That(reply.Code, Is.Zero);
        Assert.That(Pan.Drive.Find(file), Has.Property("ParentId").EqualTo(0).And.Property("State").EqualTo(FileState.Active));
        Assert.That((await ListAsync(0)).FileIds, Is.EqualTo([file]));
    }

    [Test]
    public async Task A_target_that_is_no_folder_or_not_there_rejects_the_request_whatever_is_assumed_of_files()
    {
        Pan.Drive.AddToRecycleBin(1);
        Pan.Drive.AddActive(2);
        var trashed = Pan.Drive.AddFolder("trashed");
        var inTrashed = Pan.Drive.AddFolder("in it", trashed);
        await TrashAsync(trashed);

        foreach (var target in new[] { 2, 99, trashed, inTrashed })
        {
            var reply = await RecoverToFolderAsync(target, 1);

            Assert.That((reply.Code, reply.Message), Is.EqualTo((5066, $"not a folder, or in the recycle bin: {target}")));
        }

        Assert.That(Pan.Drive.GetState(1), Is.EqualTo(FileState.InRecycleBin));
    }
}
