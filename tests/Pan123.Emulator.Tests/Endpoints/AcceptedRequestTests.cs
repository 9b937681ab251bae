using System.Net.Http.Headers;

namespace Pan123.Emulator.Tests;

public sealed class AcceptedRequestTests : EmulatorFixture
{
    [SetUp]
    public void FillTheRecycleBin() => Pan.Drive.AddToRecycleBin(1, 2);

    [TestCase("application/json; charset=utf-8")]
    [TestCase("Application/JSON")]
    public async Task The_content_type_may_be_spelled_in_any_way_that_HTTP_allows(string contentType)
    {
        var request = DeleteRequest(Body(1));
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        var reply = await SendAsync(request);

        Assert.That(reply.Code, Is.Zero);
    }

    [TestCase("\r\n{ \"fileIDs\" : [ 1 ,\t2 ] }\n")]
    [TestCase("""{"file\u0049Ds":[1,2]}""")]
    public async Task The_body_may_be_spelled_in_any_way_that_JSON_allows(string body)
    {
        var reply = await SendAsync(DeleteRequest(body));

        Assert.That(reply.Code, Is.Zero);
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([1, 2]));
    }

    [Test]
    public async Task The_body_may_come_in_chunks()
    {
        var request = DeleteRequest(Body(1, 2));
        request.Headers.TransferEncodingChunked = true;

        var reply = await SendAsync(request);

        Assert.That(reply.Code, Is.Zero);
        Assert.That(Pan.Requests[0].BodyText, Is.EqualTo(Body(1, 2)));
    }

    [Test]
    public async Task The_body_may_be_larger_than_Kestrel_takes_by_default()
    {
        var reply = await SendAsync(DeleteRequest(Body(1) + new string(' ', 31_000_000)));

        Assert.That(reply.Code, Is.Zero);
    }
}
