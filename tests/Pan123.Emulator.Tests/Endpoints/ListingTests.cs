using System.Globalization;

namespace Pan123.Emulator.Tests;

public sealed class ListingTests : EmulatorFixture
{
    private readonly SteppedClock _clock = new(new DateTimeOffset(2025, 2, 24, 9, 57, 1, TimeSpan.Zero));

    protected override Pan123EmulatorOptions Options => new() { TimeProvider = _clock };

    [Test]
    public async Task The_documented_example_is_answered_to_the_letter()
    {
        Pan.Drive.AddFolder("parent", folderId: 14663228);
        Pan.Drive.AddFolder("测试二级目录", 14663228, 14710240);

        var reply = await SendAsync(GetRequest($"{ListPath}?parentFileId=14663228&limit=100"));

        const string Folder =
            """
            {"fileId":14710240,"filename":"测试二级目录","parentFileId":14663228,"type":1,"etag":"","size":0,"category":0,"status":0,"punishFlag":0,
            "s3KeyFlag":"x-0","storageNode":"m0","trashed":0,"createAt":"2025-02-24 17:57:01","updateAt":"2025-02-24 17:57:01"}
            """;
        var data = $$"""{"lastFileId":-1,"fileList":[{{Folder.ReplaceLineEndings("")}}]}""";
        Assert.That(reply.Body, Is.EqualTo($$"""{"code":0,"message":"ok","data":{{data}},"x-traceID":"{{reply.TraceId}}"}"""));
        Assert.That($"{Pan.Requests[0]}", Is.EqualTo("GET /api/v2/file/list?parentFileId=14663228&limit=100, 1 found, no fault"));
    }

    [Test]
    public async Task What_is_in_the_recycle_bin_stands_where_it_was_and_is_marked_and_what_was_deleted_is_gone()
    {
        Pan.Drive.AddActive(1);
        Pan.Drive.AddToRecycleBin(2, 3);
        await DeleteAsync(3);

        var reply = await ListAsync(0);

        Assert.That(reply.FileIds, Is.EqualTo([1, 2]));
        Assert.That(reply.Trashed, Is.EqualTo([0, 1]));
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(100)]
    public async Task Pages_follow_each_other_until_the_cursor_is_minus_1(int limit)
    {
        Pan.Drive.AddActive(Enumerable.Range(1, 9).Select(id => id * 10L));

        var pages = await ListAllAsync(0, limit);

        Assert.That(pages.SelectMany(page => page.FileIds), Is.EqualTo(Enumerable.Range(1, 9).Select(id => id * 10L)));
        Assert.That(pages, Has.Count.EqualTo((8 / limit) + 1));
        Assert.That(pages[..^1].Select(page => page.FileIds.Count()), Has.All.EqualTo(limit));
    }

    [Test]
    public async Task The_cursor_is_where_the_next_page_begins_also_if_that_file_is_deleted_in_the_meantime()
    {
        Pan.Drive.AddToRecycleBin(1, 2, 3, 4);
        var first = await ListAsync(0, limit: 2);
        await DeleteAsync(first.Cursor);

        var second = await ListAsync(0, $"&lastFileId={first.Cursor}", limit: 2);

        Assert.That(first.Cursor, Is.EqualTo(3));
        Assert.That(second.FileIds, Is.EqualTo([4]));
    }

    [Test]
    public async Task Files_added_after_the_first_list_are_listed_too()
    {
        Pan.Drive.AddActive(2);
        await ListAsync(0);

        Pan.Drive.AddActive(1);
        var folder = Pan.Drive.AddFolder("folder", folderId: 3);
        var file = Pan.Drive.AddFile("file", 0, folder);

        Assert.That((await ListAsync(0)).FileIds, Is.EqualTo([1, 2, 3]));
        Assert.That((await ListAsync(3)).FileIds, Is.EqualTo([file]));
        Assert.That((await ListAsync(0, "&searchData=file")).FileIds, Is.EqualTo([1, 2, file]));
    }

    [Test]
    public async Task A_folder_is_listed_while_it_is_in_the_recycle_bin_and_rejected_once_it_is_deleted()
    {
        var folder = Pan.Drive.AddFolder("folder");
        var file = Pan.Drive.AddFile("file", 0, folder);
        await TrashAsync(folder);
        var trashed = await ListAsync(folder);
        await DeleteAsync(folder);

        var deleted = await ListAsync(folder);

        Assert.That(trashed.FileIds, Is.EqualTo([file]));
        Assert.That((deleted.Code, deleted.Message), Is.EqualTo((5066, $"not a folder: {folder}")));
        Assert.That((await ListAsync(file)).Code, Is.EqualTo(5066));
        Assert.That((await ListAsync(99)).Code, Is.EqualTo(5066));
    }

    [TestCase("&searchData=PHOTO", "1, 2, 14705301")]
    [TestCase("&searchData=PHOTO&searchMode=0", "1, 2, 14705301")]
    [TestCase("&searchData=photo.jpg&searchMode=1", "2")]
    [TestCase("&searchData=Photo.jpg&searchMode=1", "")]
    [TestCase("&searchData=file-7.bin", "7")]
    [TestCase("&searchData=", "1, 7")]
    public async Task A_search_ignores_the_folder(string parameters, string found)
    {
        Pan.Drive.AddActive(7);
        Pan.Drive.AddFolder("Photos", folderId: 1);
        Pan.Drive.AddFile("photo.jpg", 1, 1, 2);
        Pan.Drive.AddFile("another photo.jpg", 1, 1, 14705301);

        var reply = await ListAsync(0, parameters);

        Assert.That(string.Join(", ", reply.FileIds), Is.EqualTo(found));
    }

    [TestCase("limit=100", "parentFileId must be a number from 0 to 9223372036854775807")]
    [TestCase("parentFileId=-1&limit=100", "parentFileId must be a number from 0 to 9223372036854775807")]
    [TestCase("parentFileId=&limit=100", "parentFileId must be a number from 0 to 9223372036854775807")]
    [TestCase("parentFileId=0", "limit must be a number from 1 to 100")]
    [TestCase("parentFileId=0&limit=0", "limit must be a number from 1 to 100")]
    [TestCase("parentFileId=0&limit=101", "limit must be a number from 1 to 100")]
    [TestCase("parentFileId=0&limit=1.0", "limit must be a number from 1 to 100")]
    [TestCase("parentFileId=0&limit=1&lastFileId=-1", "lastFileId must be a number from 0 to 9223372036854775807")]
    [TestCase("parentFileId=0&limit=1&searchMode=2", "searchMode must be a number from 0 to 1")]
    [TestCase("parentFileId=0&limit=1&lastFileID=7", "the query must have no parameter lastFileID")]
    [TestCase("parentFileID=0&limit=1", "the query must have no parameter parentFileID")]
    [TestCase("parentFileId=0&limit=1&trashed=false", "the query must have no parameter trashed")]
    [TestCase("parentFileId=0&limit=1&limit=2", "limit must be there once")]
    public async Task Another_query_is_body_code_1(string query, string message)
    {
        var reply = await SendAsync(GetRequest($"{ListPath}?{query}"));

        Assert.That((reply.Code, reply.Message), Is.EqualTo((1, message)));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Of_50000_files_in_3000_folders_each_is_listed_once()
    {
        const int Files = 50_000;

        // Three levels. One folder has 50 pages of files, and some have none.
        List<long> folders = [0];
        while (folders.Count <= 3000)
        {
            folders.Add(Pan.Drive.AddFolder($"folder {folders.Count}", folders[folders.Count / 20]));
        }

        var added = Enumerable.Range(0, Files).Select(i => Pan.Drive.AddFile($"{i}", i, folders[i < 5000 ? 7 : i % 2500])).ToHashSet();
        var trashed = added.Where(id => id % 10 == 0).ToHashSet();
        Pan.Drive.AddToRecycleBin(trashed);

        var (found, foundTrashed, seenFolders) = (new List<long>(), new List<long>(), new Queue<long>([0]));
        while (seenFolders.TryDequeue(out var folder))
        {
            foreach (var file in (await ListAllAsync(folder)).SelectMany(page => page.Data.GetProperty("fileList").EnumerateArray()))
            {
                var id = file.GetProperty("fileId").GetInt64();
                if (file.GetProperty("type").GetInt32() == 1)
                {
                    seenFolders.Enqueue(id);
                }
                else
                {
                    (file.GetProperty("trashed").GetInt32() == 1 ? foundTrashed : found).Add(id);
                }
            }
        }

        Assert.That(found.Count + foundTrashed.Count, Is.EqualTo(Files));
        Assert.That(trashed.SetEquals(foundTrashed), Is.True);
        Assert.That(added.SetEquals(found.Concat(foundTrashed)), Is.True);
        Assert.That(Pan.Requests.Sum(request => request.FoundFileIds.Count), Is.EqualTo(Files + 3000));
    }

    private async Task<List<Reply>> ListAllAsync(long folderId, int limit = 100)
    {
        var pages = new List<Reply> { await ListAsync(folderId, limit: limit) };
        while (pages[^1].Cursor != -1)
        {
            pages.Add(await ListAsync(folderId, string.Create(CultureInfo.InvariantCulture, $"&lastFileId={pages[^1].Cursor}"), limit));
        }

        return pages;
    }
}
