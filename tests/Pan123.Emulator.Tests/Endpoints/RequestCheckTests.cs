using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Pan123.Emulator.Tests;

public sealed class RequestCheckTests : EmulatorFixture
{
    [SetUp]
    public void FillTheRecycleBin() => Pan.Drive.AddToRecycleBin(1, 2, 3);

    [TearDown]
    public void NothingWasDeleted() => Assert.That(Pan.Drive.Count(FileState.InRecycleBin), Is.EqualTo(3));

    [TestCase("/")]
    [TestCase("/api/v1/file/delete/")]
    [TestCase("/api/v1/file/Delete")]
    [TestCase("/api/v1/file/recover/")]
    public async Task Another_path_is_HTTP_404_in_an_envelope(string path)
    {
        var request = DeleteRequest(Body(1));
        request.RequestUri = new Uri(path, UriKind.Relative);

        var reply = await SendAsync(request);

        Assert.That((reply.Status, reply.Code), Is.EqualTo((HttpStatusCode.NotFound, 404)));
        Assert.That(reply.ContentType, Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(reply.Body, Is.EqualTo($$"""{"code":404,"message":"no Route matched with those values","data":null,"x-traceID":"{{reply.TraceId}}"}"""));
    }

    [TestCase("GET")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("POSTS")]
    public async Task Another_verb_is_HTTP_405_and_POST_is_offered(string verb)
    {
        var request = DeleteRequest(Body(1));
        request.Method = new HttpMethod(verb);

        var reply = await SendAsync(request);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(reply.ContentHeaders.Allow, Is.EqualTo(["POST"]));
        Assert.That(reply.Body, Is.EqualTo("Method Not Allowed"));
    }

    [TestCase(null)]
    [TestCase("emulator-access-token")]
    [TestCase("bearer emulator-access-token")]
    [TestCase("Bearer  emulator-access-token")]
    [TestCase("Bearer another")]
    [TestCase("Bearer emulator-access-tokens")]
    [TestCase("Bearer EMULATOR-ACCESS-TOKEN")]
    public async Task Another_authorization_is_body_code_401(string? authorization)
    {
        var reply = await SendAsync(With("Authorization", authorization));

        AssertRejected(reply, 401, "Authorization must be 'Bearer ' and the emulator's access token");
    }

    [TestCase(null)]
    [TestCase("Open_Platform")]
    [TestCase("open_platform,open_platform")]
    [TestCase("")]
    public async Task Another_platform_is_body_code_1(string? platform)
    {
        var reply = await SendAsync(With("Platform", platform));

        AssertRejected(reply, 1, "Platform must be 'open_platform'");
    }

    [TestCase(null)]
    [TestCase("text/plain")]
    [TestCase("application/json-patch+json")]
    public async Task Another_content_type_is_body_code_1(string? contentType)
    {
        var request = DeleteRequest(Body(1));
        request.Content!.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        var reply = await SendAsync(request);

        AssertRejected(reply, 1, "Content-Type must be 'application/json'");
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("""{"fileIDs":[1],}""")]
    [TestCase("""{"fileIDs":[1]}x""")]
    [TestCase("""{"fileIDs":[1]}{"fileIDs":[1]}""")]
    [TestCase("""{"fileIDs":[1]/* one */}""")]
    [TestCase("""{'fileIDs':[1]}""")]
    [TestCase("""{"fileIDs":[01]}""")]
    [TestCase("\uFEFF{\"fileIDs\":[1]}")]
    public async Task A_body_that_is_not_JSON_is_body_code_1(string body)
    {
        var reply = await SendAsync(DeleteRequest(body));

        AssertRejected(reply, 1, "the body is not JSON: ");
    }

    [TestCase("null")]
    [TestCase("[1]")]
    [TestCase("{}")]
    [TestCase("""{"fileIds":[1]}""")]
    [TestCase("""{"fileIDs":[1],"fileIDs":[2]}""")]
    [TestCase("""{"fileIDs":[1],"driveId":0}""")]
    [TestCase("""{"\ud800":[1]}""")]
    public async Task A_body_that_is_not_an_object_with_fileIDs_alone_is_body_code_1(string body)
    {
        var reply = await SendAsync(DeleteRequest(body));

        AssertRejected(reply, 1, "the body must be an object with the property fileIDs, once, and no other");
    }

    [TestCase("null")]
    [TestCase("1")]
    [TestCase("\"1\"")]
    public async Task FileIds_that_are_no_array_are_body_code_1(string fileIds)
    {
        var reply = await SendAsync(DeleteRequest($$"""{"fileIDs":{{fileIds}}}"""));

        AssertRejected(reply, 1, "fileIDs must be an array");
    }

    [TestCase("\"2\"")]
    [TestCase("null")]
    [TestCase("[2]")]
    [TestCase("2.0")]
    [TestCase("2e0")]
    [TestCase("9223372036854775808")]
    public async Task An_ID_that_is_no_64_bit_integer_is_body_code_1(string fileId)
    {
        var reply = await SendAsync(DeleteRequest($$"""{"fileIDs":[1,{{fileId}}]}"""));

        AssertRejected(reply, 1, "fileIDs[1] must be a 64-bit integer");
    }

    [Test]
    public async Task An_empty_list_is_body_code_1()
    {
        var reply = await DeleteAsync();

        AssertRejected(reply, 1, "fileIDs must not be empty");
    }

    [Test]
    public async Task More_than_100_IDs_are_body_code_1()
    {
        var reply = await DeleteAsync(Enumerable.Range(1, 101).Select(id => (long)id));

        AssertRejected(reply, 1, "fileIDs must hold at most 100 IDs, not 101");
    }

    [TestCase(0)]
    [TestCase(-1)]
    public async Task An_ID_below_1_is_body_code_1(long fileId)
    {
        var reply = await DeleteAsync(1, fileId);

        AssertRejected(reply, 1, $"fileIDs must be greater than 0, not {fileId}");
    }

    [Test]
    public async Task An_ID_listed_twice_is_body_code_1()
    {
        var reply = await DeleteAsync(1, 2, 1);

        AssertRejected(reply, 1, "fileIDs must not hold 1 twice");
    }

    [Test]
    public async Task Bytes_that_are_not_UTF_8_are_body_code_1([Values("{\"fileIDs\":[1],\"\u00ff\":0}", "{\"\u00ff\":[1]}")] string body)
    {
        var request = DeleteRequest("");
        request.Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body)) { Headers = { { "Content-Type", "application/json" } } };

        var reply = await SendAsync(request);

        AssertRejected(reply, 1, "the body ");
    }

    [Test]
    public async Task The_first_mistake_in_the_order_of_the_checks_is_reported()
    {
        var request = With("Platform", null);
        request.Content = new StringContent("no JSON");

        var reply = await SendAsync(request);

        AssertRejected(reply, 1, "Platform must be");
    }

    private static void AssertRejected(Reply reply, int code, string message)
    {
        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(reply.ContentType, Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(reply.Code, Is.EqualTo(code));
        Assert.That(reply.Message, Does.StartWith(message));
        Assert.That(reply.TraceId, Is.Not.Empty);
    }

    private static HttpRequestMessage With(string header, string? value)
    {
        var request = DeleteRequest(Body(1));
        request.Headers.Remove(header);
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return request;
    }
}
