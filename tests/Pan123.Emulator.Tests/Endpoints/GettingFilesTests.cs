namespace Pan123.Emulator.Tests;

public sealed class GettingFilesTests : EmulatorFixture
{
    private static readonly DateTimeOffset Created = new(2024, 11, 8, 8, 33, 50, TimeSpan.Zero);

    private readonly SteppedClock _clock = new(Created);

    protected override Pan123EmulatorOptions Options => new() { TimeProvider = _clock };

    [Test]
    public async Task The_documented_example_is_answered_to_the_letter_and_what_is_not_there_is_left_out()
    {
        Pan.Drive.AddFolder("work", folderId: 144851864);

        var reply = await SendAsync(PostRequest(InfosPath, """{"fileIds": [144851864, 147053066]}"""));

        const string Folder =
            """
            {"fileId":144851864,"filename":"work","parentFileId":0,"type":1,"etag":"","size":0,"category":0,"status":0,"punishFlag":0,
            "s3KeyFlag":"x-0","storageNode":"m0","trashed":0,"createAt":"2024-11-08 16:33:50","updateAt":"2024-11-08 16:33:50"}
            """;
        var data = $$"""{"fileList":[{{Folder.ReplaceLineEndings("")}}]}""";
        Assert.That(reply.Body, Is.EqualTo($$"""{"code":0,"message":"ok","data":{{data}},"x-traceID":"{{reply.TraceId}}"}"""));
        Assert.That($"{Pan.Requests[0]}", Is.EqualTo("POST /api/v1/file/infos, 1 found, no fault"));
    }

    [Test]
    public async Task A_file_comes_with_all_that_is_known_of_it()
    {
        var folder = Pan.Drive.AddFolder("videos");
        var file = Pan.Drive.AddFile("a.mp4", 5_000_000_000, folder, 1L << 41, new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)));

        var data = (await GetInfosAsync(file)).Data.GetProperty("fileList")[0];

        Assert.That(data.GetProperty("fileId").GetInt64(), Is.EqualTo(1L << 41));
        Assert.That(data.GetProperty("filename").GetString(), Is.EqualTo("a.mp4"));
        Assert.That(data.GetProperty("parentFileId").GetInt64(), Is.EqualTo(folder));
        Assert.That(data.GetProperty("type").GetInt32(), Is.Zero);
        Assert.That(data.GetProperty("etag").GetString(), Does.Match("^[0-9a-f]{32}$"));
        Assert.That(data.GetProperty("size").GetInt64(), Is.EqualTo(5_000_000_000));
        Assert.That(data.GetProperty("category").GetInt32(), Is.EqualTo(2));
        Assert.That(data.GetProperty("status").GetInt32(), Is.EqualTo(2));
        Assert.That(data.GetProperty("createAt").GetString(), Is.EqualTo("2025-01-01 07:00:00"));
    }

    [Test]
    public async Task Files_come_in_the_order_of_the_request_marked_if_in_the_recycle_bin_and_left_out_if_deleted()
    {
        Pan.Drive.AddToRecycleBin(1, 3);
        Pan.Drive.AddActive(2);
        await DeleteAsync(1);

        var reply = await GetInfosAsync(3, 1, 2);

        Assert.That(reply.FileIds, Is.EqualTo([3, 2]));
        Assert.That(reply.Trashed, Is.EqualTo([1, 0]));
        Assert.That(Pan.Requests[1].FoundFileIds, Is.EqualTo([3, 2]));
    }

    [Test]
    public async Task If_none_is_there_the_list_is_empty()
    {
        var reply = await GetInfosAsync(1);

        Assert.That(reply.Data.GetRawText(), Is.EqualTo("""{"fileList":[]}"""));
    }
}
