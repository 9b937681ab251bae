using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pan123.Emulator.Tests;

public sealed class AccessTokenEndpointTests : AccessTokenFixture
{
    [Test]
    public async Task A_token_is_answered_to_the_letter()
    {
        var reply = await SendAsync(TokenRequest(Credentials()));

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(reply.ContentType, Is.EqualTo("application/json; charset=utf-8"));
        var data = $$"""{"accessToken":"{{Pan.Tokens.Active[0]}}","expiredAt":"2026-01-31T08:00:00+08:00"}""";
        Assert.That(reply.Body, Is.EqualTo($$"""{"code":0,"message":"ok","data":{{data}},"x-traceID":"{{reply.TraceId}}"}"""));
    }

    [Test]
    public async Task A_token_looks_like_a_JWT_that_cannot_be_guessed_and_every_header_can_carry_it()
    {
        var first = await IssueAsync();
        var second = await IssueAsync();

        Assert.That(first, Does.Match("^eyJ[0-9A-Za-z_-]+(\\.[0-9A-Za-z_-]{43,}){2}$"));
        Assert.That(second.Split('.')[1..], Is.Not.EqualTo(first.Split('.')[1..]).And.Unique);
        Assert.That(JsonElement.Parse(Base64Url.DecodeFromChars(first.Split('.')[0])).GetProperty("typ").GetString(), Is.EqualTo("JWT"));
    }

    [Test]
    public async Task An_issued_token_deletes_files_and_the_fixed_one_still_does()
    {
        Pan.Drive.AddToRecycleBin(1, 2);

        var withIssued = await SendAsync(DeleteRequest(Body(1), await IssueAsync()));
        var withFixed = await DeleteAsync(2);

        Assert.That(withIssued.Code, Is.Zero);
        Assert.That(withFixed.Code, Is.Zero);
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([1, 2]));
    }

    [TestCase("Bearer wrong")]
    [TestCase("Basic x")]
    public async Task An_authorization_is_not_looked_at(string authorization)
    {
        var request = TokenRequest(Credentials());
        request.Headers.Add("Authorization", authorization);

        var reply = await SendAsync(request);

        Assert.That(reply.Code, Is.Zero);
    }

    [TestCase("\r\n{ \"clientSecret\" : \"emulator-client-secret\" ,\t\"clientID\" : \"emulator-client-id\" }\n")]
    [TestCase("""{"client\u0049D":"emulator\u002dclient-id","clientSecret":"emulator-client-secret"}""")]
    public async Task The_body_may_be_spelled_in_any_way_that_JSON_allows(string body)
    {
        var reply = await SendAsync(TokenRequest(body));

        Assert.That(reply.Code, Is.Zero);
    }

    [TestCase(Pan123EmulatorOptions.DefaultClientId, "canary-secret")]
    [TestCase("canary-id", Pan123EmulatorOptions.DefaultClientSecret)]
    [TestCase("Emulator-client-id", Pan123EmulatorOptions.DefaultClientSecret)]
    [TestCase("", "")]
    public async Task Wrong_credentials_are_body_code_1_and_are_not_repeated(string clientId, string clientSecret)
    {
        var reply = await SendAsync(TokenRequest(Credentials(clientId, clientSecret)));

        AssertRejected(reply, "clientID or clientSecret is wrong");
        Assert.That(reply.Body, Does.Not.Contain("canary").And.Not.Contains("emulator-client"));
    }

    [TestCase("")]
    [TestCase("""{"clientID":"emulator-client-id","clientSecret":"emulator-client-secret"}x""")]
    [TestCase("""{"clientID":"emulator-client-id","clientSecret":true-canary}""")]
    public async Task A_body_that_is_not_JSON_is_body_code_1_and_is_not_repeated(string body)
    {
        var reply = await SendAsync(TokenRequest(body));

        AssertRejected(reply, "the body is not JSON");
    }

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"clientID":"emulator-client-id"}""")]
    [TestCase("""{"clientId":"emulator-client-id","clientSecret":"emulator-client-secret"}""")]
    [TestCase("""{"clientID":"emulator-client-id","clientID":"emulator-client-id"}""")]
    [TestCase("""{"clientID":"emulator-client-id","clientSecret":"emulator-client-secret","grant":""}""")]
    public async Task A_body_that_is_not_an_object_with_both_alone_is_body_code_1(string body)
    {
        var reply = await SendAsync(TokenRequest(body));

        AssertRejected(reply, "the body must be an object with the properties clientID and clientSecret, each once, and no other");
    }

    [TestCase("""{"clientID":1,"clientSecret":"emulator-client-secret"}""")]
    [TestCase("""{"clientID":"emulator-client-id","clientSecret":null}""")]
    public async Task Credentials_that_are_no_strings_are_body_code_1(string body)
    {
        var reply = await SendAsync(TokenRequest(body));

        AssertRejected(reply, "clientID and clientSecret must be strings");
    }

    [TestCase("\\ud800")]
    [TestCase("\u00ff")]
    public async Task Credentials_that_are_no_Unicode_are_body_code_1(string clientId)
    {
        var request = TokenRequest("");
        var bytes = Encoding.Latin1.GetBytes(Credentials(clientId));
        request.Content = new ByteArrayContent(bytes) { Headers = { { "Content-Type", "application/json" } } };

        var reply = await SendAsync(request);

        AssertRejected(reply, "clientID and clientSecret must be Unicode");
    }

    [Test]
    public async Task Another_platform_is_body_code_1()
    {
        var request = TokenRequest(Credentials());
        request.Headers.Remove("Platform");

        var reply = await SendAsync(request);

        AssertRejected(reply, "Platform must be 'open_platform'");
    }

    [Test]
    public async Task Another_content_type_is_body_code_1()
    {
        var request = TokenRequest(Credentials());
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");

        var reply = await SendAsync(request);

        AssertRejected(reply, "Content-Type must be 'application/json'");
    }

    [Test]
    public async Task Another_verb_is_HTTP_405_and_POST_is_offered()
    {
        var request = TokenRequest(Credentials());
        request.Method = HttpMethod.Put;

        var reply = await SendAsync(request);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(reply.ContentHeaders.Allow, Is.EqualTo(["POST"]));
        Assert.That(Pan.Tokens.IssuedCount, Is.Zero);
    }

    private void AssertRejected(Reply reply, string message)
    {
        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(reply.Code, Is.EqualTo(1));
        Assert.That(reply.Message, Is.EqualTo(message));
        Assert.That(Pan.Tokens.IssuedCount, Is.Zero);
    }
}
