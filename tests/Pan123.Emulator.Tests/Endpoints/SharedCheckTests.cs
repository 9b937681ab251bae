using System.Net;

namespace Pan123.Emulator.Tests;

/// <summary>What all endpoints check alike, and where the names of their fields differ. In depth, <see cref="RequestCheckTests"/> has it.</summary>
public sealed class SharedCheckTests : EmulatorFixture
{
    private static readonly string[] Listing = [$"{ListPath}?parentFileId=0&limit=1"];

    private static readonly string[] Posting = [DeletePath, TrashPath, RecoverPath, RecoverToFolderPath, InfosPath];

    [SetUp]
    public void FillTheDrive()
    {
        Pan.Drive.AddActive(1);
        Pan.Drive.AddToRecycleBin(2);
    }

    [TearDown]
    public void NothingWasDone()
    {
        Assert.That(Pan.Drive.GetState(1), Is.EqualTo(FileState.Active));
        Assert.That(Pan.Drive.GetState(2), Is.EqualTo(FileState.InRecycleBin));
        Assert.That(Pan.Requests.Select(request => request.FoundFileIds), Has.All.Empty);
    }

    [TestCaseSource(nameof(Posting))]
    [TestCaseSource(nameof(Listing))]
    public async Task Without_a_token_it_is_body_code_401(string path)
    {
        var request = Documented(path);
        request.Headers.Remove("Authorization");

        Assert.That((await SendAsync(request)).Code, Is.EqualTo(401));
    }

    [TestCaseSource(nameof(Posting))]
    [TestCaseSource(nameof(Listing))]
    public async Task Another_token_is_body_code_401(string path)
    {
        var request = Documented(path, "another");

        Assert.That((await SendAsync(request)).Code, Is.EqualTo(401));
    }

    [TestCaseSource(nameof(Posting))]
    [TestCaseSource(nameof(Listing))]
    public async Task Without_a_platform_it_is_body_code_1(string path)
    {
        var request = Documented(path);
        request.Headers.Remove("Platform");

        var reply = await SendAsync(request);

        Assert.That((reply.Code, reply.Message), Is.EqualTo((1, "Platform must be 'open_platform'")));
    }

    [TestCaseSource(nameof(Posting))]
    public async Task Another_content_type_is_body_code_1(string path)
    {
        var request = Documented(path);
        request.Content = new StringContent(BodyOf(path, "[1]"));

        var reply = await SendAsync(request);

        Assert.That((reply.Code, reply.Message), Is.EqualTo((1, "Content-Type must be 'application/json'")));
    }

    [TestCaseSource(nameof(Posting))]
    public async Task Another_verb_is_HTTP_405_and_POST_is_offered(string path)
    {
        var reply = await SendAsync(GetRequest(path));

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(reply.ContentHeaders.Allow, Is.EqualTo(["POST"]));
    }

    [TestCaseSource(nameof(Listing))]
    public async Task A_list_is_offered_by_GET_alone(string path)
    {
        var reply = await SendAsync(PostRequest(path, "{}"));

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(reply.ContentHeaders.Allow, Is.EqualTo(["GET"]));
    }

    [TestCaseSource(nameof(Listing))]
    public async Task A_list_with_a_body_is_body_code_1(string path)
    {
        var request = GetRequest(path);
        request.Content = new StringContent("{}");

        Assert.That((await SendAsync(request)).Message, Is.EqualTo("a GET request must not have a body"));
    }

    [TestCaseSource(nameof(Posting))]
    public async Task The_IDs_are_checked_as_those_of_a_deletion_are(string path)
    {
        var name = NameIn(path);
        foreach (var (ids, message) in new[]
        {
            ("[]", $"{name} must not be empty"),
            ("[0]", $"{name} must be greater than 0, not 0"),
            ("[1,1]", $"{name} must not hold 1 twice"),
            ("[\"1\"]", $"{name}[0] must be a 64-bit integer"),
            ("1", $"{name} must be an array"),
            ($"[{string.Join(',', Enumerable.Range(1, 101))}]", $"{name} must hold at most 100 IDs, not 101"),
        })
        {
            var reply = await SendAsync(PostRequest(path, BodyOf(path, ids)));

            Assert.That((reply.Code, reply.Message), Is.EqualTo((1, message)));
        }
    }

    [TestCaseSource(nameof(Posting))]
    public async Task The_name_of_another_endpoints_list_is_body_code_1(string path)
    {
        var body = BodyOf(path, "[1]").Replace(NameIn(path), NameIn(path) == "fileIDs" ? "fileIds" : "fileIDs", StringComparison.Ordinal);

        var reply = await SendAsync(PostRequest(path, body));

        Assert.That((reply.Code, reply.Message), Is.EqualTo((1, path == RecoverToFolderPath
            ? "the body must be an object with the properties fileIDs and parentFileID, each once, and no other"
            : $"the body must be an object with the property {NameIn(path)}, once, and no other")));
    }

    [TestCase("""{"fileIDs":[2]}""")]
    [TestCase("""{"fileIDs":[2],"toParentFileID":0}""")]
    [TestCase("""{"fileIDs":[2],"parentFileId":0}""")]
    [TestCase("""{"fileIDs":[2],"parentFileID":0,"parentFileID":0}""")]
    public async Task Where_to_restore_files_has_one_name(string body)
    {
        var reply = await SendAsync(PostRequest(RecoverToFolderPath, body));

        Assert.That((reply.Code, reply.Message), Is.EqualTo((1, "the body must be an object with the properties fileIDs and parentFileID, each once, and no other")));
    }

    [TestCase("-1")]
    [TestCase("null")]
    [TestCase("\"0\"")]
    [TestCase("0.5")]
    public async Task Where_to_restore_files_is_a_number(string folderId)
    {
        var reply = await SendAsync(PostRequest(RecoverToFolderPath, $$"""{"fileIDs":[2],"parentFileID":{{folderId}}}"""));

        Assert.That((reply.Code, reply.Message), Is.EqualTo((1, "parentFileID must be a 64-bit integer, 0 or greater")));
    }

    private static string NameIn(string path) => path == InfosPath ? "fileIds" : "fileIDs";

    private static string BodyOf(string path, string ids) =>
        path == RecoverToFolderPath ? $$"""{"fileIDs":{{ids}},"parentFileID":0}""" : $$"""{"{{NameIn(path)}}":{{ids}}}""";

    private static HttpRequestMessage Documented(string path, string accessToken = Pan123EmulatorOptions.DefaultAccessToken) =>
        Listing.Contains(path) ? GetRequest(path, accessToken) : PostRequest(path, BodyOf(path, "[2]"), accessToken);
}
