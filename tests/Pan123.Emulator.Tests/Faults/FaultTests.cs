using System.Net;

namespace Pan123.Emulator.Tests;

public sealed class FaultTests : EmulatorFixture
{
    private const string JsonType = "application/json; charset=utf-8";

    private static readonly Fault[] Answered =
    [
        Fault.BodyCode(401, "token is expired"),
        Fault.HttpStatus(HttpStatusCode.ServiceUnavailable),
        Fault.Html(),
        Fault.TruncatedJson(),
        Fault.EmptyBody(),
        Fault.OversizedBody(5000),
        Fault.WrongContentType("text/plain"),
        Fault.Response(HttpStatusCode.OK, "application/json", "{}"),
    ];

    [SetUp]
    public void FillTheRecycleBin() => Pan.Drive.AddToRecycleBin(1, 2);

    [Test]
    public async Task A_body_code_comes_in_an_envelope_with_HTTP_200()
    {
        Pan.Faults.Enqueue(Fault.BodyCode(401, "令牌 \"expired\""));

        var reply = await DeleteAsync(1);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(reply.ContentType, Is.EqualTo(JsonType));
        Assert.That(
            reply.Body, Is.EqualTo($$"""{"code":401,"message":"令牌 \"expired\"","data":null,"x-traceID":"{{reply.TraceId}}"}"""));
    }

    [TestCase(HttpStatusCode.Unauthorized, "Unauthorized")]
    [TestCase(HttpStatusCode.TooManyRequests, "Too Many Requests")]
    [TestCase(HttpStatusCode.BadGateway, "Bad Gateway")]
    [TestCase((HttpStatusCode)599, "")]
    public async Task An_HTTP_status_comes_without_an_envelope(HttpStatusCode status, string text)
    {
        Pan.Faults.Enqueue(Fault.HttpStatus(status));

        var reply = await DeleteAsync(1);

        Assert.That(reply.Status, Is.EqualTo(status));
        Assert.That(reply.Body, Is.EqualTo(text));
        Assert.That(reply.Headers.RetryAfter, Is.Null);
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(1001, 2)]
    public async Task Retry_After_is_rounded_up_to_seconds(int milliseconds, int seconds)
    {
        Pan.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromMilliseconds(milliseconds)));

        var reply = await DeleteAsync(1);

        Assert.That(reply.Headers.GetValues("Retry-After"), Is.EqualTo([$"{seconds}"]));
    }

    [TestCase(HttpStatusCode.OK)]
    [TestCase(HttpStatusCode.BadGateway)]
    public async Task An_HTML_page_comes_with_the_status_asked_for(HttpStatusCode status)
    {
        Pan.Faults.Enqueue(Fault.Html(status));

        var reply = await DeleteAsync(1);

        Assert.That(reply.Status, Is.EqualTo(status));
        Assert.That(reply.ContentType, Is.EqualTo("text/html; charset=utf-8"));
        Assert.That(reply.Body, Does.StartWith("<!DOCTYPE html>").And.EndWith("</html>"));
    }

    [Test]
    public async Task Truncated_JSON_is_half_of_a_good_envelope_in_a_complete_HTTP_answer()
    {
        Pan.Faults.Enqueue(Fault.TruncatedJson());

        var reply = await DeleteAsync(1);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(reply.ContentType, Is.EqualTo(JsonType));
        Assert.That(reply.Body, Does.StartWith("""{"code":0,"message":"ok","data":null""").And.Not.EndsWith("}"));
    }

    [Test]
    public async Task An_empty_body_is_announced_as_JSON()
    {
        Pan.Faults.Enqueue(Fault.EmptyBody());

        var reply = await DeleteAsync(1);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(reply.ContentType, Is.EqualTo(JsonType));
        Assert.That(reply.Body, Is.Empty);
    }

    [TestCase(HttpStatusCode.Created, "application/json", "{\"code\":\"0\"}")]
    [TestCase(HttpStatusCode.OK, "text/plain", "é")]
    [TestCase(HttpStatusCode.NoContent, "application/json", "")]
    [TestCase(HttpStatusCode.ResetContent, "application/json", "")]
    [TestCase(HttpStatusCode.NotModified, "application/json", "")]
    public async Task Any_answer_comes_as_it_stands(HttpStatusCode status, string contentType, string body)
    {
        Pan.Faults.Enqueue(Fault.Response(status, contentType, body));

        var reply = await DeleteAsync(1);

        Assert.That(reply.Status, Is.EqualTo(status));
        Assert.That(reply.ContentType, Is.EqualTo(contentType));
        Assert.That(reply.Body, Is.EqualTo(body));
    }

    [TestCaseSource(nameof(Answered))]
    public async Task Before_the_work_nothing_is_deleted(Fault fault)
    {
        Pan.Faults.Enqueue(fault);

        await DeleteAsync(1);

        Assert.That(Pan.Drive.DeletedFileIds, Is.Empty);
        Assert.That(Pan.Requests[0].DeletedFileIds, Is.Empty);
        Assert.That(Pan.Requests[0].Fault, Is.SameAs(fault));
    }

    [TestCaseSource(nameof(Answered))]
    public async Task After_the_work_the_answer_is_the_same_and_the_files_are_deleted(Fault fault)
    {
        Pan.Faults.Enqueue(fault);
        Pan.Faults.Enqueue(fault.AfterProcessing());

        var before = await DeleteAsync(1);
        var after = await DeleteAsync(1);

        Assert.That(after.Status, Is.EqualTo(before.Status));
        Assert.That(after.Body.Split("x-traceID")[0], Is.EqualTo(before.Body.Split("x-traceID")[0]));
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([1]));
        Assert.That(Pan.Requests[1].DeletedFileIds, Is.EqualTo([1]));
    }

    [Test]
    public async Task A_bad_request_deletes_nothing_after_the_work_either()
    {
        Pan.Faults.Enqueue(Fault.EmptyBody().AfterProcessing());

        await DeleteAsync(1, 1);

        Assert.That(Pan.Drive.DeletedFileIds, Is.Empty);
    }

    [Test]
    public void A_fault_tells_what_it_is_and_when_it_strikes()
    {
        var fault = Fault.HttpStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(3));

        Assert.That(fault.Name, Is.EqualTo("HTTP 429, Retry-After: 3"));
        Assert.That(fault.IsAfterProcessing, Is.False);
        Assert.That($"{fault}", Is.EqualTo("HTTP 429, Retry-After: 3, before processing"));
        Assert.That($"{fault.AfterProcessing()}", Is.EqualTo("HTTP 429, Retry-After: 3, after processing"));
    }

    [Test]
    public void A_fault_that_HTTP_cannot_carry_is_refused()
    {
        Assert.That(() => Fault.HttpStatus(HttpStatusCode.OK), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Fault.HttpStatus((HttpStatusCode)600), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => Fault.HttpStatus(HttpStatusCode.BadGateway, TimeSpan.FromTicks(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Fault.Html(HttpStatusCode.Continue), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Fault.Html(HttpStatusCode.NoContent), Throws.ArgumentException);
        Assert.That(() => Fault.Response((HttpStatusCode)600, "text/plain", ""), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
