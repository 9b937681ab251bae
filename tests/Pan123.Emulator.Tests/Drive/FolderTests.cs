namespace Pan123.Emulator.Tests;

public sealed class FolderTests : EmulatorFixture
{
    private readonly SteppedClock _clock = new();

    protected override Pan123EmulatorOptions Options => new() { TimeProvider = _clock };

    [Test]
    public void Folders_and_files_are_what_they_were_added_as()
    {
        var folder = Pan.Drive.AddFolder("photos");
        _clock.Move(TimeSpan.FromHours(1));
        var file = Pan.Drive.AddFile("a.JPG", 1000, folder, 77);

        Assert.That(Pan.Drive.Find(file), Is.EqualTo(new EmulatedFile
        {
            Id = 77,
            Name = "a.JPG",
            IsFolder = false,
            ParentId = folder,
            Size = 1000,
            Etag = Pan.Drive.Find(file)!.Etag,
            Category = 3,
            Status = 2,
            CreatedAt = _clock.GetUtcNow(),
            UpdatedAt = _clock.GetUtcNow(),
            State = FileState.Active,
        }));
        Assert.That(Pan.Drive.Find(folder), Is.EqualTo(new EmulatedFile
        {
            Id = folder,
            Name = "photos",
            IsFolder = true,
            ParentId = EmulatedDrive.RootFolderId,
            Size = 0,
            Etag = "",
            Category = 0,
            Status = 0,
            CreatedAt = _clock.GetUtcNow() - TimeSpan.FromHours(1),
            UpdatedAt = _clock.GetUtcNow() - TimeSpan.FromHours(1),
            State = FileState.Active,
        }));
        Assert.That(Pan.Drive.Find(99), Is.Null);
    }

    [Test]
    public void IDs_that_are_issued_need_64_bits_and_are_not_in_use()
    {
        var first = Pan.Drive.AddFolder("first");
        Pan.Drive.AddActive(first + 1);

        var second = Pan.Drive.AddFile("second");

        Assert.That(first, Is.GreaterThan(1L << 40));
        Assert.That(second, Is.EqualTo(first + 2));
    }

    [Test]
    public void A_file_that_makes_no_sense_is_refused()
    {
        Pan.Drive.AddActive(1);

        Assert.That(() => Pan.Drive.AddFile(" "), Throws.ArgumentException);
        Assert.That(() => Pan.Drive.AddFile("a", -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Pan.Drive.AddFile("a", fileId: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Pan.Drive.AddFile("a", fileId: 1), Throws.ArgumentException.With.Message.Contains("in use"));
        Assert.That(() => Pan.Drive.AddFolder("a", parentFolderId: 1), Throws.ArgumentException.With.Message.Contains("not the ID of a folder"));
        Assert.That(() => Pan.Drive.AddFolder("a", parentFolderId: 99), Throws.ArgumentException.With.Message.Contains("not the ID of a folder"));
        Assert.That(Pan.Drive.Count(FileState.Active), Is.EqualTo(1));
    }

    [Test]
    public async Task Deleting_a_folder_deletes_its_content_except_what_was_in_the_recycle_bin_before()
    {
        var folder = Pan.Drive.AddFolder("folder");
        var inner = Pan.Drive.AddFolder("inner", folder);
        var (file, deep, before) = (Pan.Drive.AddFile("file", 1, folder), Pan.Drive.AddFile("deep", 1, inner), Pan.Drive.AddFile("before", 1, inner));
        var beside = Pan.Drive.AddFile("beside");
        await TrashAsync(before);
        await TrashAsync(folder);

        await DeleteAsync(folder);

        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([folder, inner, file, deep]));
        Assert.That(Pan.Requests[^1].DeletedFileIds, Is.EqualTo(Pan.Drive.DeletedFileIds));
        Assert.That(Pan.Drive.GetState(before), Is.EqualTo(FileState.InRecycleBin));
        Assert.That(Pan.Drive.GetState(beside), Is.EqualTo(FileState.Active));
        Assert.That(Pan.Drive.FolderCount, Is.Zero);
    }

    [Test]
    public async Task Deleting_a_folder_may_be_assumed_to_leave_its_content()
    {
        await StartAgainAsync(new() { AssumedFolderDeletionIncludesContent = false });
        var folder = Pan.Drive.AddFolder("folder");
        var file = Pan.Drive.AddFile("file", 1, folder);
        await TrashAsync(folder);

        await DeleteAsync(folder);

        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([folder]));
        Assert.That(Pan.Drive.GetState(file), Is.EqualTo(FileState.Active));
    }

    [Test]
    public async Task The_content_of_a_folder_may_be_assumed_to_be_in_the_recycle_bin_with_it()
    {
        await StartAgainAsync(new() { AssumedContentIsMarkedAsTrashed = true });
        var folder = Pan.Drive.AddFolder("folder");
        var inner = Pan.Drive.AddFolder("inner", folder);
        var (first, second) = (Pan.Drive.AddFile("first", 1, inner), Pan.Drive.AddFile("second", 1, inner));

        await TrashAsync(folder);
        var marked = (await GetInfosAsync(folder, inner, first, second)).Trashed;
        var count = Pan.Drive.Count(FileState.InRecycleBin);
        var deleted = await DeleteAsync(first);
        var abnormal = await RecoverAsync(second);
        await RecoverAsync(folder);

        Assert.That(marked, Is.EqualTo([1, 1, 1, 1]));
        Assert.That(count, Is.EqualTo(4));
        Assert.That(deleted.Code, Is.Zero);
        Assert.That(abnormal.Data.GetRawText(), Is.EqualTo($$"""{"abnormalFileIDs":[{{second}}]}"""));
        Assert.That((await GetInfosAsync(folder, inner, first, second)).FileIds, Is.EqualTo([folder, inner, second]));
        Assert.That(Pan.Drive.Count(FileState.InRecycleBin), Is.Zero);
    }

    [Test]
    public async Task A_folder_and_its_content_named_together_are_deleted_once()
    {
        await StartAgainAsync(new() { AssumedContentIsMarkedAsTrashed = true });
        var folder = Pan.Drive.AddFolder("folder");
        var file = Pan.Drive.AddFile("file", 1, folder);
        await TrashAsync(folder);

        await DeleteAsync(file, folder);

        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([file, folder]));
        Assert.That(Pan.Requests[^1].DeletedFileIds, Is.EqualTo([file, folder]));
    }
}
