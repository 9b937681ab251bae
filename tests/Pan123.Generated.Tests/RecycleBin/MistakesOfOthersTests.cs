using System.Net;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Mistakes that public clients of the same service make with these operations; each name says what this one does instead.</summary>
public sealed class MistakesOfOthersTests : EmulatorFixture
{
    private const string Mib40 = "1099511627776123";

    [Test]
    public async Task IDs_have_the_documented_name_of_each_operation_in_an_object_in_the_body_and_64_bits()
    {
        using var client = CreateClient();
        long[] ids = [long.Parse(Mib40, System.Globalization.CultureInfo.InvariantCulture)];
        Func<Task>[] calls =
        [
            () => client.DeleteFilesAsync(ids), () => client.TrashFilesAsync(ids), () => client.RecoverFilesAsync(ids),
            () => client.RecoverFilesToFolderAsync(ids, 5), () => client.GetFilesAsync(ids),
        ];
        foreach (var call in calls)
        {
            Emulator.Faults.Enqueue(Fault.BodyCode(5066, "not found"), path: null);
            await Assert.CatchAsync<Pan123ApiException>(() => call());
        }

        Assert.That(Emulator.Requests.Select(request => (request.PathAndQuery, request.BodyText)), Is.EqualTo(new[]
        {
            ("/api/v1/file/delete", $$"""{"fileIDs":[{{Mib40}}]}"""),
            ("/api/v1/file/trash", $$"""{"fileIDs":[{{Mib40}}]}"""),
            ("/api/v1/file/recover", $$"""{"fileIDs":[{{Mib40}}]}"""),
            ("/api/v1/file/recover/by_path", $$"""{"fileIDs":[{{Mib40}}],"parentFileID":5}"""),
            ("/api/v1/file/infos", $$"""{"fileIds":[{{Mib40}}]}"""),
        }));
    }

    [Test]
    public async Task A_list_has_its_parameters_in_the_query_and_no_body()
    {
        using var client = CreateClient();

        await client.ListFilesAsync(0).ToListAsync();

        var request = Emulator.Requests.Single();
        Assert.That((request.Method, request.PathAndQuery, request.Body.Length), Is.EqualTo(("GET", "/api/v2/file/list?parentFileId=0&limit=100", 0)));
    }

    [Test]
    public async Task The_code_in_the_body_decides_and_not_the_HTTP_status()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "internal error"), path: Pan123Emulator.TrashFilesPath);
        using var client = CreateClient();

        await Assert.CatchAsync<Pan123ApiException>(() => client.TrashFilesAsync([1]));
    }

    [Test]
    public async Task A_file_that_is_not_in_the_recycle_bin_is_not_moved_there_to_be_deleted()
    {
        Emulator.Drive.AddActive(1);
        using var client = CreateClient();

        await Assert.CatchAsync<Pan123ApiException>(() => client.DeleteFilesAsync([1]));

        Assert.That((Emulator.Drive.GetState(1), Emulator.Requests.Count), Is.EqualTo((FileState.Active, 1)));
    }

    [Test]
    public async Task Files_in_the_recycle_bin_are_told_from_live_ones_by_the_number_that_the_service_sends()
    {
        var (live, trashed) = (Emulator.Drive.AddFile("live.txt"), Emulator.Drive.AddFile("trashed.txt"));
        using var client = CreateClient();
        await client.TrashFilesAsync([trashed]);

        var files = await client.ListFilesAsync().ToListAsync();

        Assert.That(files.ToDictionary(file => file.FileId, file => (file.Trashed, file.IsTrashed)), Is.EquivalentTo(new Dictionary<long, (int, bool)> { [live] = (0, false), [trashed] = (1, true) }));
    }

    // The page's own example has the category 10, which its table does not know, and types that contradict its table.
    [Test]
    public async Task Documented_examples_are_read_whatever_their_tables_say()
    {
        Emulator.Faults.Enqueue(
            Fault.Response(
                HttpStatusCode.OK,
                "application/json",
                """
                {"code":0,"message":"ok","data":{"lastFileId":-1,"fileList":[{"fileId":5373646,"filename":"archive.gz","parentFileId":14663228,"type":0,"etag":"af..","size":518564433,
                "category":10,"status":2,"punishFlag":0,"s3KeyFlag":"x-0","storageNode":"m16","trashed":0,"createAt":"2024-04-30 11:58:36","updateAt":"2025-02-24 17:56:45","new":{"field":1}}]},"x-traceID":""}
                """),
            path: Pan123Emulator.ListFilesPath);
        Emulator.Faults.Enqueue(
            Fault.Response(
                HttpStatusCode.OK,
                "application/json",
                """
                {"code":0,"message":"ok","data":{"list":[{"fileId":144851864,"filename":"work","parentFileId":0,"type":1,"etag":"","size":0,"category":0,"status":0,"punishFlag":0,
                "s3KeyFlag":"1814435920-0","storageNode":"m0","trashed":0,"createAt":"2024-11-08 16:33:50","updateAt":1731054830}]},"x-traceID":""}
                """),
            path: Pan123Emulator.GetFilesPath);
        using var client = CreateClient();

        var listed = await client.ListFilesAsync(14663228).ToListAsync();
        var found = await client.GetFilesAsync([144851864, 147053066]);

        Assert.Multiple(() =>
        {
            Assert.That(listed.Select(file => (file.Category, file.Size, file.CreateAt)), Is.EqualTo(new[] { (10, 518564433L, "2024-04-30 11:58:36") }));
            Assert.That(found.Select(file => (file.FileId, file.IsFolder, file.CreateAt)), Is.EqualTo(new[] { (144851864L, true, "2024-11-08 16:33:50") }));
        });
    }

    [TestCase(null)]
    [TestCase("""{"abnormalFileIDs":[]}""")]
    [TestCase("""{"abnormalFileIDs":null}""")]
    [TestCase("{}")]
    public async Task No_file_that_was_not_recovered_may_be_said_in_each_of_the_ways_that_the_pages_have(string? data)
    {
        Emulator.Faults.Enqueue(Fault.Response(HttpStatusCode.OK, "application/json", $$"""{"code":0,"message":"ok","data":{{data ?? "null"}}}"""), path: Pan123Emulator.RecoverFilesPath);
        using var client = CreateClient();

        Assert.That((await client.RecoverFilesAsync([1])).NotRecoveredFileIds, Is.Empty);
    }
}
