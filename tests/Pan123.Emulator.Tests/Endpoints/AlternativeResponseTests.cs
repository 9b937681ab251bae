using System.Globalization;

namespace Pan123.Emulator.Tests;

/// <summary>What the platform documents in two ways, or not at all: responses other than the default ones.</summary>
public sealed class AlternativeResponseTests : EmulatorFixture
{
    [Test]
    public async Task The_trace_ID_may_be_empty()
    {
        await StartAgainAsync(new() { SendsEmptyTraceIds = true });
        Pan.Drive.AddToRecycleBin(1);

        Assert.That((await DeleteAsync(1)).Body, Is.EqualTo("""{"code":0,"message":"ok","data":null,"x-traceID":""}"""));
        Assert.That((await DeleteAsync(1)).TraceId, Is.Empty);
    }

    [Test]
    public async Task Files_that_are_looked_up_may_come_as_list()
    {
        await StartAgainAsync(new() { SendsLookupAsList = true });
        Pan.Drive.AddActive(7);

        var data = (await GetInfosAsync(7)).Data;

        Assert.That(data.EnumerateObject().Single().Name, Is.EqualTo("list"));
        Assert.That(data.GetProperty("list")[0].GetProperty("fileId").GetInt64(), Is.EqualTo(7));
    }

    [Test]
    public async Task What_was_not_restored_may_go_unsaid()
    {
        await StartAgainAsync(new() { SendsNullForRecover = true });
        var folder = Pan.Drive.AddFolder("folder");
        var file = Pan.Drive.AddFile("file", 0, folder);
        Pan.Drive.AddToRecycleBin(folder, file);

        var reply = await RecoverAsync(file);

        Assert.That(reply.Body, Does.Contain("\"data\":null"));
        Assert.That(Pan.Drive.GetState(file), Is.EqualTo(FileState.InRecycleBin));
    }

    [TestCase(FileDateFormat.WithoutOffset, "2025-02-24 17:57:01")]
    [TestCase(FileDateFormat.WithOffsetAndZone, "2025-02-24 17:57:01 +0800 CST")]
    [TestCase(FileDateFormat.Rfc3339, "2025-02-24T17:57:01+08:00")]
    public async Task Times_have_the_assumed_format(FileDateFormat format, string expected)
    {
        await StartAgainAsync(new() { AssumedDateFormat = format });
        var time = DateTimeOffset.Parse("2025-02-24T09:57:01Z", CultureInfo.InvariantCulture);
        var file = Pan.Drive.AddFile("file", createdAt: time);

        var looked = (await GetInfosAsync(file)).Data.GetProperty("fileList")[0];
        var listed = (await ListAsync(0)).Data.GetProperty("fileList")[0];

        Assert.That(looked.GetProperty("createAt").GetString(), Is.EqualTo(expected));
        Assert.That(listed.GetProperty("updateAt").GetString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_ID_that_is_not_there_may_reject_a_lookup()
    {
        await StartAgainAsync(new() { AssumedLookupRejectsUnknownIds = true });
        Pan.Drive.AddActive(1, 3);

        var reply = await GetInfosAsync(1, 2, 3);

        Assert.That((reply.Code, reply.Message), Is.EqualTo((5066, "not there: 2")));
        Assert.That(Pan.Requests[0].FoundFileIds, Is.Empty);
        Assert.That((await GetInfosAsync(1, 3)).Code, Is.Zero);
    }

    [Test]
    public async Task A_lookup_has_a_limit_of_its_own()
    {
        await StartAgainAsync(new() { AssumedMaxFileIdsPerLookup = 101, MaxFileIdsPerRequest = 1 });
        Pan.Drive.AddActive(1, 2);

        Assert.That((await GetInfosAsync(Enumerable.Range(1, 101).Select(id => (long)id))).Code, Is.Zero);
        Assert.That((await GetInfosAsync(Enumerable.Range(1, 102).Select(id => (long)id))).Code, Is.EqualTo(1));
        Assert.That((await TrashAsync(1, 2)).Code, Is.EqualTo(1));
    }

    [Test]
    public async Task Deleted_files_may_leave_short_and_empty_pages_that_are_not_the_last()
    {
        await StartAgainAsync(new() { AssumedDeletedFilesLeaveGaps = true });
        Pan.Drive.AddActive(1, 9);
        Pan.Drive.AddToRecycleBin(2, 3, 4, 5, 6);
        await DeleteAsync(2, 3, 4, 5);

        Reply[] pages =
        [
            await ListAsync(0, limit: 2),
            await ListAsync(0, "&lastFileId=3", limit: 2),
            await ListAsync(0, "&lastFileId=5", limit: 2),
            await ListAsync(0, "&lastFileId=9", limit: 2),
        ];

        Assert.That(pages.Select(page => string.Join(',', page.FileIds)), Is.EqualTo(["1", "", "6", "9"]));
        Assert.That(pages.Select(page => page.Cursor), Is.EqualTo([3, 5, 9, -1]));
    }
}
