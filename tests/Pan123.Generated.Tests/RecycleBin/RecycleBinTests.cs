using System.Net;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Files that are moved to the recycle bin, recovered, and deleted permanently.</summary>
public sealed class RecycleBinTests : EmulatorFixture
{
    [Test]
    public async Task A_file_is_trashed_found_recovered_and_deleted()
    {
        var folder = Emulator.Drive.AddFolder("photos");
        var (keep, destroy) = (Emulator.Drive.AddFile("keep.jpg", 3, folder), Emulator.Drive.AddFile("destroy.jpg", 4, folder));
        using var client = CreateClient();

        await client.TrashFilesAsync([keep, destroy]);
        var trashed = await client.ListFilesAsync(folder).ToListAsync();
        var recovered = await client.RecoverFilesAsync([keep]);
        await client.DeleteFilesAsync([destroy]);
        var left = await client.GetFilesAsync([keep, destroy]);

        Assert.Multiple(() =>
        {
            Assert.That(trashed.Select(file => (file.FileId, file.Filename, file.IsTrashed, file.IsFolder, file.ParentFileId)), Is.EquivalentTo(new[] { (keep, "keep.jpg", true, false, folder), (destroy, "destroy.jpg", true, false, folder) }));
            Assert.That(recovered.NotRecoveredFileIds, Is.Empty);
            Assert.That(left.Select(file => (file.FileId, file.Size, file.IsTrashed)), Is.EqualTo(new[] { (keep, 3L, false) }));
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EqualTo(new[] { destroy }));
        });
    }

    [Test]
    public async Task A_success_says_which_files_were_not_recovered_and_a_folder_takes_them()
    {
        var (gone, other) = (Emulator.Drive.AddFolder("gone"), Emulator.Drive.AddFolder("other"));
        var (orphan, ordinary) = (Emulator.Drive.AddFile("orphan.txt", 1, gone), Emulator.Drive.AddFile("ordinary.txt", 1, other));
        using var client = CreateClient();
        await client.TrashFilesAsync([orphan, ordinary]);
        await client.TrashFilesAsync([gone]);

        var response = await client.RecoverFilesAsync([orphan, ordinary]);
        await client.RecoverFilesToFolderAsync([orphan], other);

        Assert.Multiple(() =>
        {
            Assert.That(response.NotRecoveredFileIds, Is.EqualTo(new[] { orphan }));
            Assert.That(Emulator.Drive.Find(orphan), Is.EqualTo(Emulator.Drive.Find(orphan)! with { ParentId = other, State = FileState.Active }));
        });
    }

    [Test]
    public async Task Files_are_recovered_to_the_root_folder()
    {
        var file = Emulator.Drive.AddFile("file.txt", 1, Emulator.Drive.AddFolder("folder"));
        using var client = CreateClient();
        await client.TrashFilesAsync([file]);

        await client.RecoverFilesToFolderAsync([file], 0);

        Assert.That(Emulator.Drive.Find(file)!.ParentId, Is.Zero);
    }

    [Test]
    public async Task A_lost_response_says_what_may_have_become_of_the_files()
    {
        Emulator.Drive.AddActive(1, 2);
        Emulator.Faults.Enqueue(Fault.ConnectionReset().AfterProcessing(), path: Pan123Emulator.TrashFilesPath);
        using var client = CreateClient();

        var unknown = (await Assert.CatchAsync<Pan123OutcomeUnknownException>(() => client.TrashFilesAsync([1, 2])))!;

        Assert.Multiple(() =>
        {
            Assert.That(unknown.Message, Does.StartWith("2 files may have been trashed, or not."));
            Assert.That(unknown.FileIds, Is.EqualTo(new[] { 1, 2 }));
        });
    }

    // The website's code for "deleted, and the space is freed later": whoever takes it for a rejection reports files that are gone.
    [Test]
    public async Task A_deletion_that_is_accepted_is_no_rejection()
    {
        Emulator.Drive.AddToRecycleBin(1);
        Emulator.Faults.Enqueue(Fault.AssumedSpaceIsFreedLater());
        using var client = CreateClient();

        var unknown = (await Assert.CatchAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync([1])))!;

        Assert.Multiple(() =>
        {
            Assert.That(unknown.Message, Does.Contain("The service responded with code 7301").And.Contains("'已删除，系统释放空间需要一段时间，请稍后查看'"));
            Assert.That((unknown.StatusCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((HttpStatusCode.OK, 1)));
        });
    }

    [Test]
    public async Task Files_are_found_in_the_list_of_the_table_and_in_that_of_the_example([Values] bool isExample)
    {
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { SendsLookupAsList = isExample, SendsEmptyTraceIds = isExample });
        var file = emulator.Drive.AddFile("file.txt");
        using var client = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = emulator.AccessToken });

        Assert.That((await client.GetFilesAsync([file, 999])).Select(found => found.FileId), Is.EqualTo(new[] { file }));
    }

    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("""{"files":[]}""")]
    public async Task A_response_without_either_list_is_not_an_empty_one(string data)
    {
        Emulator.Faults.Enqueue(Fault.Response(HttpStatusCode.OK, "application/json", $$"""{"code":0,"message":"ok","data":{{data}}}"""), path: Pan123Emulator.GetFilesPath);
        using var client = CreateClient();

        var failure = (await Assert.CatchAsync<Pan123OutcomeUnknownException>(() => client.GetFilesAsync([1])))!;

        Assert.That(failure.Message, Does.Contain("not as documented"));
    }
}
