using System.Net;

namespace Pan123.Tests;

/// <summary>Which responses are a success, which a rejection, and which say nothing about the outcome.</summary>
public sealed class EnvelopeTests<TService> : ServiceFixture<TService>
    where TService : FakeService, new()
{
    private static readonly long[] Ids = [14705301, 14705306];

    private static IEnumerable<TestCaseData> NoEnvelopes()
    {
        yield return Case("HTML", "<!DOCTYPE html><html><body>200 OK</body></html>");
        yield return Case("truncated", FakeService.Success[..^20]);
        yield return Case("truncated before the last brace", FakeService.Success[..^1]);
        yield return Case("truncated after the code", """{"code":0""");
        yield return Case("empty", "");
        yield return Case("blank", " \r\n ");
        yield return Case("null", "null");
        yield return Case("number", "0");
        yield return Case("string", "\"ok\"");
        yield return Case("array", $"[{FakeService.Success}]");
        yield return Case("empty object", "{}");
        yield return Case("envelope in an object", $$"""{"data":{{FakeService.Success}}}""");
        yield return Case("no code", """{"message":"ok","data":null}""");
        yield return Case("no message", """{"code":0,"data":null}""");
        yield return Case("code is a string", """{"code":"0","message":"ok","data":null}""");
        yield return Case("code is a fraction", """{"code":0.0,"message":"ok","data":null}""");
        yield return Case("code is an exponent", """{"code":0e0,"message":"ok","data":null}""");
        yield return Case("code is null", """{"code":null,"message":"ok","data":null}""");
        yield return Case("code is false", """{"code":false,"message":"ok","data":null}""");
        yield return Case("code is an array", """{"code":[0],"message":"ok","data":null}""");
        yield return Case("code is over 32 bits", """{"code":4294967296,"message":"ok","data":null}""");
        yield return Case("code is over 64 bits", """{"code":18446744073709551616,"message":"ok","data":null}""");
        yield return Case("code twice", """{"code":1,"message":"ok","code":0,"data":null}""");
        yield return Case("code twice, alike", """{"code":0,"message":"ok","code":0,"data":null}""");
        yield return Case("code escaped once more", """{"code":0,"message":"ok","\u0063ode":5,"data":null}""");
        yield return Case("Code", """{"Code":0,"message":"ok","data":null}""");
        yield return Case("Code beside code", """{"code":0,"message":"ok","data":null,"Code":5}""");
        yield return Case("code beside CODE", """{"CODE":5,"code":0,"message":"ok","data":null}""");
        yield return Case("code twice, the error last", """{"code":0,"message":"ok","code":1,"data":null}""");
        yield return Case("CODE of an error beside code", """{"code":1,"message":"failed","CODE":0}""");
        yield return Case("an error, truncated", """{"code":1,"message":"failed" """);
        yield return Case("an error, truncated after a comma", """{"code":1,""");
        yield return Case("an error that something follows", """{"code":1,"message":"failed"}{"code":0}""");
        yield return Case("Message", """{"code":0,"Message":"ok","data":null}""");
        yield return Case("Message beside message", """{"code":0,"message":"ok","Message":"not ok","data":null}""");
        yield return Case("message is a number", """{"code":0,"message":5,"data":null}""");
        yield return Case("message is null", """{"code":0,"message":null,"data":null}""");
        yield return Case("message twice", """{"code":0,"message":"ok","message":"not ok","data":null}""");
        yield return Case("data is a string", """{"code":0,"message":"ok","data":""}""");
        yield return Case("data is an array", """{"code":0,"message":"ok","data":[]}""");
        yield return Case("trace ID is a number", """{"code":0,"message":"ok","data":null,"x-traceID":5}""");
        yield return Case("something follows", FakeService.Success + "x");
        yield return Case("two envelopes", FakeService.Success + """{"code":1,"message":"failed"}""");
        yield return Case("something precedes", "while(1);" + FakeService.Success);
        yield return Case("single quotes", FakeService.Success.Replace('"', '\''));
        yield return Case("names without quotes", """{code:0,message:"ok",data:null}""");
        yield return Case("comment", """{/* no */"code":0,"message":"ok","data":null}""");
        yield return Case("nested 1,000 deep", $$"""{"code":0,"message":"ok","data":{{string.Concat(Enumerable.Repeat("""{"a":""", 1000))}}1{{new string('}', 1000)}}}""");

        static TestCaseData Case(string name, string body) => new TestCaseData(body).SetArgDisplayNames(name);
    }

    [Test]
    public async Task Code_0_is_success_with_the_answer_as_documented()
    {
        Service.Answer(FakeService.Success);

        var response = await Service.Client.DeleteFilesAsync(Ids);

        Assert.Multiple(() =>
        {
            Assert.That(response.Code, Is.Zero);
            Assert.That(response.Message, Is.EqualTo("ok"));
            Assert.That(response.TraceId, Is.EqualTo(FakeService.TraceId));
        });
    }

    [TestCase("""{"code":0,"message":"ok"}""", Description = "Without what is not sure to be there")]
    [TestCase("""{"code":0,"message":"ok","data":{"task":{"code":5}},"x-traceID":"t"}""", Description = "With a payload")]
    [TestCase("""{ "data" : null , "message" : "2025-03-23T15:48:37+08:00" , "more" : [ { "code" : 5 } ] , "code" : 0 }""", Description = "With more than is documented")]
    [TestCase("\uFEFF{\"code\":0,\"message\":\"\u6210\u529F\"}\r\n", Description = "With a byte order mark")]
    public async Task Code_0_is_success_whatever_harmless_stands_beside_it(string body)
    {
        Service.Answer(body);

        var response = await Service.Client.DeleteFilesAsync(Ids);

        Assert.That(response.Code, Is.Zero);
    }

    [Test]
    public async Task A_message_that_looks_like_a_date_stays_as_it_is()
    {
        Service.Answer("""{"code":0,"message":"2025-03-23T15:48:37+08:00"}""");

        var response = await Service.Client.DeleteFilesAsync(Ids);

        Assert.That(response.Message, Is.EqualTo("2025-03-23T15:48:37+08:00"));
    }

    [Test]
    public async Task The_content_type_of_an_envelope_does_not_matter()
    {
        Service.Answer(HttpStatusCode.OK, "text/html", FakeService.Success);

        Assert.That(await Service.Client.DeleteFilesAsync(Ids), Is.Not.Null);
    }

    [Test]
    public async Task A_code_other_than_0_is_a_rejection_whatever_HTTP_status_carries_it(
        [Values(1, 401, 5066, 20103, -1, int.MinValue)] int code, [Values(200, 401, 429, 500, 503)] int status)
    {
        Service.Answer((HttpStatusCode)status, "application/json", $$"""{"code":{{code}},"message":"token is expired","data":null,"x-traceID":"{{FakeService.TraceId}}"}""");

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.Multiple(() =>
        {
            Assert.That((int?)rejected.Code, Is.EqualTo(code));
            Assert.That(rejected.StatusCode, Is.EqualTo((HttpStatusCode)status));
            Assert.That(rejected.ApiMessage, Is.EqualTo("token is expired"));
            Assert.That(rejected.TraceId, Is.EqualTo(FakeService.TraceId));
            Assert.That(rejected.ResponseExcerpt, Is.Null);
        });
    }

    [TestCase("""{"code":1}""")]
    [TestCase("""{"code":1,"message":null,"data":"","x-traceID":7}""")]
    [TestCase("""{"Message":"?","code":1,"Data":[],"data":[],"X-TraceId":"?"}""")]
    public async Task A_code_other_than_0_is_a_rejection_whatever_is_odd_beside_it(string body)
    {
        Service.Answer(body);

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That((rejected.Code, rejected.ApiMessage, rejected.TraceId), Is.EqualTo(((Pan123ErrorCode?)Pan123ErrorCode.InternalError, (string?)null, (string?)null)));
    }

    [Test]
    public async Task Of_several_messages_of_a_rejection_the_first_counts()
    {
        Service.Answer("""{"code":1,"message":"first","message":"second","message":"third"}""");

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That(rejected.ApiMessage, Is.EqualTo("first"));
    }

    [TestCase("", "JSON")]
    [TestCase("[]", "object")]
    [TestCase("""{'code':0}""", "JSON")]
    [TestCase("""{"message":"ok"}""", "no 'code'")]
    [TestCase("""{"code":0""", "JSON")]
    [TestCase("""{"code":0,"code":0}""", "'code' more than once")]
    [TestCase("""{"code":2147483648}""", "32-bit")]
    [TestCase("""{"code":0,"message":7,"data":[]}""", "'message'")]
    [TestCase("""{"code":0,"message":"ok"}{}""", "JSON")]
    public async Task An_answer_that_is_no_envelope_is_called_so_with_the_reason(string answer, string reason)
    {
        Service.Answer(answer);

        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That(unknown.Message, Does.Contain(reason));
    }

    [TestCase("", " empty")]
    [TestCase("<html>", "'<html>'")]
    public async Task An_answer_that_is_no_envelope_is_shown_as_it_began(string answer, string shown)
    {
        Service.Answer(answer);

        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That(unknown.Message, Does.Contain(shown));
    }

    [TestCase(null, null, "5066", "200")]
    [TestCase("failed", "trace-1", "5066", "200", "failed", "trace-1")]
    public void A_refusal_says_what_is_known_of_it(string? message, string? traceId, params string[] known)
    {
        var rejected = new Pan123ApiException(HttpStatusCode.OK, Pan123ErrorCode.FileNotFound, message, traceId);

        Assert.That(known.Where(part => !rejected.Message.Contains(part, StringComparison.Ordinal)), Is.Empty, rejected.Message);
    }

    [Test]
    public async Task A_code_of_success_with_another_status_is_called_so()
    {
        Service.Answer(HttpStatusCode.Created, "application/json", FakeService.Success);

        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That(unknown.Message, Does.Contain("201").And.Contains("'code'"));
    }

    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    public async Task Any_code_of_32_bits_is_a_verdict(int code)
    {
        Service.Answer($$"""{"code":{{code}},"message":"failed"}""");

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That((int?)rejected.Code, Is.EqualTo(code));
    }

    [TestCaseSource(nameof(NoEnvelopes))]
    public async Task What_is_no_envelope_is_never_taken_for_success_and_is_kept_as_evidence(string body)
    {
        Service.Answer(body);

        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.Multiple(() =>
        {
            Assert.That(unknown.FileIds, Is.EqualTo(Ids));
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(unknown.ResponseExcerpt!.TrimEnd('…'), Is.EqualTo(OneLine(body)[..Math.Min(body.Length, unknown.ResponseExcerpt.TrimEnd('…').Length)]));
        });

        static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ');
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(499)]
    public async Task A_refusal_by_HTTP_status_alone_is_a_rejection_without_code(int status)
    {
        Service.Answer((HttpStatusCode)status, "text/html", "<h1>no</h1>");

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.Multiple(() =>
        {
            Assert.That(rejected.Code, Is.Null);
            Assert.That(rejected.StatusCode, Is.EqualTo((HttpStatusCode)status));
            Assert.That(rejected.ResponseExcerpt, Is.EqualTo("<h1>no</h1>"));
            Assert.That(rejected.Message, Does.Contain($"HTTP {status}"));
        });
    }

    [TestCase(201)]
    [TestCase(302)]
    [TestCase(408)]
    [TestCase(500)]
    [TestCase(502)]
    [TestCase(503)]
    [TestCase(504)]
    public async Task No_envelope_with_a_status_that_is_no_refusal_is_no_verdict(int status)
    {
        Service.Answer((HttpStatusCode)status, "text/html", "<h1>perhaps</h1>");

        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That((unknown.StatusCode, unknown.ResponseExcerpt), Is.EqualTo(((HttpStatusCode?)status, "<h1>perhaps</h1>")));
    }

    [TestCase(201)]
    [TestCase(202)]
    [TestCase(404)]
    [TestCase(500)]
    public async Task Success_in_the_body_against_the_HTTP_status_is_no_verdict(int status)
    {
        Service.Answer((HttpStatusCode)status, "application/json", FakeService.Success);

        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That(unknown.StatusCode, Is.EqualTo((HttpStatusCode)status));
    }

    [Test]
    public async Task One_file_is_called_one_file()
    {
        Service.Answer("");

        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => Service.Client.DeleteFilesAsync([1])))!;

        Assert.That(unknown.Message, Does.StartWith("1 file "));
    }
}
