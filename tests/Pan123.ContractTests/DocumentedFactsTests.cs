using System.Net;
using Pan123.Emulator;

namespace Pan123.ContractTests;

/// <summary>
/// What the platform documents, typed from its pages and not from the specification, which it judges. A fact that changes is changed here
/// first, by hand.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class DocumentedFactsTests
{
    private const string Delete = "/paths/~1api~1v1~1file~1delete";
    private const string DeleteRequest = $"{Delete}/post/requestBody/content/application~1json";
    private const string DeleteAnswer = $"{Delete}/post/responses/200/content/application~1json";
    private const string Token = "/paths/~1api~1v1~1access_token";
    private const string TokenRequest = $"{Token}/post/requestBody/content/application~1json/schema";
    private const string TokenAnswer = $"{Token}/post/responses/200/content/application~1json/schema";

    // {"fileIDs": [14705301, 14705306]}, as the platform's page has it, without the blanks that mean nothing.
    private const string ExampleRequest = """{"fileIDs":[14705301,14705306]}""";
    private const string ExampleAnswer = """{"code": 0, "message": "ok", "data": null, "x-traceID": "dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h"}""";

    [TestCase("the service", "/servers/0/url", "https://open-api.123pan.com")]
    [TestCase("there is one service", "/servers/1", null)]
    [TestCase("the page", "/externalDocs/url", "https://123yunpan.yuque.com/org-wiki-123yunpan-muaork/cr6ced/sg2gvfk5i3dwoxtg")]
    [TestCase("the page's date", "/info/version", "2025-03-17")]
    [TestCase("the token is required", "/security", """[{"accessToken":[]}]""")]
    [TestCase("the token's header", "/components/securitySchemes/accessToken/type", "http")]
    [TestCase("Bearer before it", "/components/securitySchemes/accessToken/scheme", "bearer")]
    [TestCase("nothing takes it from the deletion", $"{Delete}/post/security", null)]
    [TestCase("Platform", $"{Delete}/post/parameters/0/name", "Platform")]
    [TestCase("Platform is a header", $"{Delete}/post/parameters/0/in", "header")]
    [TestCase("Platform is required", $"{Delete}/post/parameters/0/required", "true")]
    [TestCase("Platform is a string", $"{Delete}/post/parameters/0/schema/type", "string")]
    [TestCase("Platform's fixed value", $"{Delete}/post/parameters/0/schema/enum", """["open_platform"]""")]
    [TestCase("no other parameter", $"{Delete}/post/parameters/1", null)]
    [TestCase("a body", $"{Delete}/post/requestBody/required", "true")]
    [TestCase("the body's only field", $"{DeleteRequest}/schema/required", """["fileIDs"]""")]
    [TestCase("the IDs are a list", $"{DeleteRequest}/schema/properties/fileIDs/type", "array")]
    [TestCase("at most 100", $"{DeleteRequest}/schema/properties/fileIDs/maxItems", "100")]
    [TestCase("an ID is a whole number", $"{DeleteRequest}/schema/properties/fileIDs/items/type", "integer")]
    [TestCase("of 64 bits", $"{DeleteRequest}/schema/properties/fileIDs/items/format", "int64")]
    [TestCase("the example of a request", $"{DeleteRequest}/example", ExampleRequest)]
    [TestCase("the answer is an object", $"{DeleteAnswer}/schema/type", "object")]
    [TestCase("code is a whole number", $"{DeleteAnswer}/schema/properties/code/type", "integer")]
    [TestCase("message is a string", $"{DeleteAnswer}/schema/properties/message/type", "string")]
    [TestCase("data is an object", $"{DeleteAnswer}/schema/properties/data/type", "object")]
    [TestCase("or null", $"{DeleteAnswer}/schema/properties/data/nullable", "true")]
    [TestCase("the trace ID is a string", $"{DeleteAnswer}/schema/properties/x-traceID/type", "string")]
    [TestCase("the example of an answer", $"{DeleteAnswer}/example", """{"code":0,"message":"ok","data":null,"x-traceID":"dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h"}""")]
    [TestCase("a token needs no token", $"{Token}/post/security", "[]")]
    [TestCase("Platform, for a token too", $"{Token}/post/parameters/0/schema/enum", """["open_platform"]""")]
    [TestCase("the credentials", $"{TokenRequest}/required", """["clientID","clientSecret"]""")]
    [TestCase("the client ID is a string", $"{TokenRequest}/properties/clientID/type", "string")]
    [TestCase("the client secret is a string", $"{TokenRequest}/properties/clientSecret/type", "string")]
    [TestCase("the token's two fields", $"{TokenAnswer}/properties/data/required", """["accessToken","expiredAt"]""")]
    [TestCase("the token is a string", $"{TokenAnswer}/properties/data/properties/accessToken/type", "string")]
    [TestCase("its expiry is a time", $"{TokenAnswer}/properties/data/properties/expiredAt/format", "date-time")]
    [TestCase("where there is none, data is null", $"{TokenAnswer}/properties/data/nullable", "true")]
    public void The_specification_says_what_is_documented(string fact, string place, string? expected) =>
        Assert.That(Specification.Value(place), Is.EqualTo(expected), $"{fact}: {Specification.File}, {place}");

    [TestCase("two operations", "/paths", "/api/v1/file/delete", "/api/v1/access_token")]
    [TestCase("a deletion is a POST", Delete, "post")]
    [TestCase("a token is issued by a POST", Token, "post")]
    [TestCase("a request is JSON", $"{Delete}/post/requestBody/content", "application/json")]
    [TestCase("the status is 200", $"{Delete}/post/responses", "200")]
    [TestCase("an answer is JSON", $"{Delete}/post/responses/200/content", "application/json")]
    [TestCase("the request's fields", $"{DeleteRequest}/schema/properties", "fileIDs")]
    [TestCase("the answer's fields", $"{DeleteAnswer}/schema/properties", "code", "message", "data", "x-traceID")]
    [TestCase("the token request's fields", $"{TokenRequest}/properties", "clientID", "clientSecret")]
    [TestCase("the token answer's fields", $"{TokenAnswer}/properties", "code", "message", "data", "x-traceID")]
    [TestCase("the token's fields", $"{TokenAnswer}/properties/data/properties", "accessToken", "expiredAt")]
    public void The_specification_names_what_is_documented_and_nothing_else(string fact, string place, params string[] expected) =>
        Assert.That(Specification.Keys(place), Is.EqualTo(expected), $"{fact}: {Specification.File}, {place}");

    [Test]
    public async Task The_client_sends_the_documented_example_and_reads_the_documented_answer()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        emulator.Faults.Enqueue(Fault.Answer(HttpStatusCode.OK, "application/json", ExampleAnswer));
        using var client = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = "token" });

        var answer = await client.DeleteFilesAsync([14705301, 14705306]);

        var request = emulator.Requests.Single();
        Assert.Multiple(() =>
        {
            Assert.That((request.Method, request.PathAndQuery, request.BodyText), Is.EqualTo(("POST", "/api/v1/file/delete", ExampleRequest)));
            Assert.That(request.Headers, Has.Member(KeyValuePair.Create("Authorization", "Bearer token")));
            Assert.That(request.Headers, Has.Member(KeyValuePair.Create("Platform", "open_platform")));
            Assert.That(request.Headers, Has.Member(KeyValuePair.Create("Content-Type", "application/json")));
            Assert.That((answer.Code, answer.Message, answer.Data, answer.TraceID), Is.EqualTo((0, "ok", (object?)null, "dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h")));
        });
    }

    [Test]
    public void The_clients_service_and_limit_are_those_documented() =>
        Assert.That((Pan123Client.DefaultBaseAddress, DeleteFilesRequest.FileIDsMaxItems), Is.EqualTo(("https://open-api.123pan.com", 100)));
}
