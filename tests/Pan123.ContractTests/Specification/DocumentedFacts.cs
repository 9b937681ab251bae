using System.Globalization;

namespace Pan123.ContractTests;

/// <summary>
/// What the platform documents, typed from its pages and not from the specification, which it judges. A fact that changes is changed here
/// first, by hand.
/// </summary>
internal static class DocumentedFacts
{
    // {"fileIDs": [14705301, 14705306]}, as the platform's page has it, without the blanks that mean nothing.
    public const string ExampleRequest = """{"fileIDs":[14705301,14705306]}""";
    public const string ExampleAnswer = """{"code": 0, "message": "ok", "data": null, "x-traceID": "dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h"}""";

    private const string Delete = "/paths/~1api~1v1~1file~1delete";
    private const string DeleteRequest = $"{Delete}/post/requestBody/content/application~1json";
    private const string DeleteAnswer = $"{Delete}/post/responses/200/content/application~1json";
    private const string Token = "/paths/~1api~1v1~1access_token";
    private const string TokenRequest = $"{Token}/post/requestBody/content/application~1json/schema";
    private const string TokenAnswer = $"{Token}/post/responses/200/content/application~1json/schema";
    private const string Recover = "/paths/~1api~1v1~1file~1recover";
    private const string RecoverToFolder = "/paths/~1api~1v1~1file~1recover~1by_path";
    private const string Infos = "/paths/~1api~1v1~1file~1infos";
    private const string List = "/paths/~1api~1v2~1file~1list";
    private const string ListAnswer = $"{List}/get/responses/200/content/application~1json/schema";
    private const string Pages = "https://123yunpan.yuque.com/org-wiki-123yunpan-muaork/cr6ced/";
    private const string ErrorCodes = "/components/schemas/Pan123ErrorCode";

    public static IReadOnlyList<DocumentedFact> All { get; } =
    [
        DocumentedFact.Value("the service", "/servers/0/url", "https://open-api.123pan.com"),
        DocumentedFact.Value("there is one service", "/servers/1", null),
        DocumentedFact.Value("the page", "/externalDocs/url", "https://123yunpan.yuque.com/org-wiki-123yunpan-muaork/cr6ced/sg2gvfk5i3dwoxtg"),
        DocumentedFact.Value("the page's date", "/info/version", "2025-03-17"),
        DocumentedFact.Value("the token is required", "/security", """[{"accessToken":[]}]"""),
        DocumentedFact.Value("the token's header", "/components/securitySchemes/accessToken/type", "http"),
        DocumentedFact.Value("Bearer before it", "/components/securitySchemes/accessToken/scheme", "bearer"),
        DocumentedFact.Value("nothing takes it from the deletion", $"{Delete}/post/security", null),
        DocumentedFact.Value("Platform", $"{Delete}/post/parameters/0/name", "Platform"),
        DocumentedFact.Value("Platform is a header", $"{Delete}/post/parameters/0/in", "header"),
        DocumentedFact.Value("Platform is required", $"{Delete}/post/parameters/0/required", "true"),
        DocumentedFact.Value("Platform is a string", $"{Delete}/post/parameters/0/schema/type", "string"),
        DocumentedFact.Value("Platform's fixed value", $"{Delete}/post/parameters/0/schema/enum", """["open_platform"]"""),
        DocumentedFact.Value("no other parameter", $"{Delete}/post/parameters/1", null),
        DocumentedFact.Value("a body", $"{Delete}/post/requestBody/required", "true"),
        DocumentedFact.Value("the body's only field", $"{DeleteRequest}/schema/required", """["fileIDs"]"""),
        DocumentedFact.Value("and nothing else", $"{DeleteRequest}/schema/additionalProperties", "false"),
        DocumentedFact.Value("the IDs are a list", $"{DeleteRequest}/schema/properties/fileIDs/type", "array"),
        DocumentedFact.Value("at most 100", $"{DeleteRequest}/schema/properties/fileIDs/maxItems", "100"),
        DocumentedFact.Value("an ID is a whole number", $"{DeleteRequest}/schema/properties/fileIDs/items/type", "integer"),
        DocumentedFact.Value("of 64 bits", $"{DeleteRequest}/schema/properties/fileIDs/items/format", "int64"),
        DocumentedFact.Value("the example of a request", $"{DeleteRequest}/example", ExampleRequest),
        DocumentedFact.Value("the answer is an object", $"{DeleteAnswer}/schema/type", "object"),
        DocumentedFact.Value("code and message are always there", $"{DeleteAnswer}/schema/required", """["code","message"]"""),
        DocumentedFact.Value("code is a whole number", $"{DeleteAnswer}/schema/properties/code/type", "integer"),
        DocumentedFact.Value("message is a string", $"{DeleteAnswer}/schema/properties/message/type", "string"),
        DocumentedFact.Value("data is an object", $"{DeleteAnswer}/schema/properties/data/type", "object"),
        DocumentedFact.Value("or null", $"{DeleteAnswer}/schema/properties/data/nullable", "true"),
        DocumentedFact.Value("of which nothing is known", $"{DeleteAnswer}/schema/properties/data/additionalProperties", "true"),
        DocumentedFact.Value("the trace ID is a string", $"{DeleteAnswer}/schema/properties/x-traceID/type", "string"),
        DocumentedFact.Value("the example of an answer", $"{DeleteAnswer}/example", """{"code":0,"message":"ok","data":null,"x-traceID":"dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h"}"""),
        DocumentedFact.Value("a token needs no token", $"{Token}/post/security", "[]"),
        DocumentedFact.Value("Platform, for a token too", $"{Token}/post/parameters/0/schema/enum", """["open_platform"]"""),
        DocumentedFact.Value("the credentials", $"{TokenRequest}/required", """["clientID","clientSecret"]"""),
        DocumentedFact.Value("the client ID is a string", $"{TokenRequest}/properties/clientID/type", "string"),
        DocumentedFact.Value("the client secret is a string", $"{TokenRequest}/properties/clientSecret/type", "string"),
        DocumentedFact.Value("the token's two fields", $"{TokenAnswer}/properties/data/required", """["accessToken","expiredAt"]"""),
        DocumentedFact.Value("the token is a string", $"{TokenAnswer}/properties/data/properties/accessToken/type", "string"),
        DocumentedFact.Value("as any other, not one that a user types", $"{TokenAnswer}/properties/data/properties/accessToken/format", null),
        DocumentedFact.Value("its expiry is a time", $"{TokenAnswer}/properties/data/properties/expiredAt/format", "date-time"),
        DocumentedFact.Value("where there is none, data is null", $"{TokenAnswer}/properties/data/nullable", "true"),
        DocumentedFact.Value("the example of a token request", $"{Token}/post/requestBody/content/application~1json/example", """{"clientID":"...","clientSecret":"..."}"""),
        DocumentedFact.Value("the example of a token", $"{Token}/post/responses/200/content/application~1json/example/data", """{"accessToken":"...","expiredAt":"2025-03-23T15:48:37+08:00"}"""),
        DocumentedFact.Value("the errors that are documented", $"{ErrorCodes}/enum", "[1,401,429,5066,5113]"),
        DocumentedFact.Value("what they are", $"{ErrorCodes}/x-enumNames", """["InternalError","Unauthorized","TooManyRequests","FileNotFound","TrafficExceeded"]"""),
        DocumentedFact.Names(
            "these operations",
            "/paths",
            "/api/v1/file/delete",
            "/api/v1/file/trash",
            "/api/v1/file/recover",
            "/api/v1/file/recover/by_path",
            "/api/v1/file/infos",
            "/api/v2/file/list",
            "/api/v1/access_token"),
        DocumentedFact.Names("a deletion is a POST", Delete, "post"),
        DocumentedFact.Names("a token is issued by a POST", Token, "post"),
        DocumentedFact.Names("a request is JSON", $"{Delete}/post/requestBody/content", "application/json"),
        DocumentedFact.Names("the status is 200", $"{Delete}/post/responses", "200"),
        DocumentedFact.Names("an answer is JSON", $"{Delete}/post/responses/200/content", "application/json"),
        DocumentedFact.Names("the request's fields", $"{DeleteRequest}/schema/properties", "fileIDs"),
        DocumentedFact.Names("the answer's fields", $"{DeleteAnswer}/schema/properties", "code", "message", "data", "x-traceID"),
        DocumentedFact.Names("the token request's fields", $"{TokenRequest}/properties", "clientID", "clientSecret"),
        DocumentedFact.Names("the token answer's fields", $"{TokenAnswer}/properties", "code", "message", "data", "x-traceID"),
        DocumentedFact.Names("the token's fields", $"{TokenAnswer}/properties/data/properties", "accessToken", "expiredAt"),
        .. OfRate("deletion", Delete, "post", 10),
        .. OfRate("token", Token, "post", 10),
        .. OfIdList("trash", "/paths/~1api~1v1~1file~1trash", "en07662k2kki4bo6", "fileIDs", 5, ExampleRequest, "null"),
        .. OfIdList("recover", Recover, "kx9f8b6wk6g55uwy", "fileIDs", null, ExampleRequest, """{"abnormalFileIDs":[123,456]}"""),
        .. OfIdList("by_path", RecoverToFolder, "cl24atug2sviq12z", "fileIDs", null, """{"fileIDs":[14705301,14705306],"parentFileID":123456}""", "null"),
        .. OfIdList("infos", Infos, "cqqayfuxybegrlru", "fileIds", 10, """{"fileIds":[144851864,147053066]}""", null),
        DocumentedFact.Names("by_path's fields", $"{RecoverToFolder}/post/requestBody/content/application~1json/schema/properties", "fileIDs", "parentFileID"),
        DocumentedFact.Value("both are required", $"{RecoverToFolder}/post/requestBody/content/application~1json/schema/required", """["fileIDs","parentFileID"]"""),
        DocumentedFact.Names("recover's payload", $"{Recover}/post/responses/200/content/application~1json/schema/properties/data/properties", "abnormalFileIDs"),
        DocumentedFact.Names("infos' two lists", $"{Infos}/post/responses/200/content/application~1json/schema/properties/data/properties", "fileList", "list"),
        DocumentedFact.Names("a list is a GET", List, "get"),
        DocumentedFact.Value("its page", $"{List}/get/externalDocs/url", $"{Pages}zrip9b0ye81zimv4"),
        .. OfRate("list", List, "get", 15),
        .. OfParameter(1, "parentFileId", "true", "int64"),
        .. OfParameter(2, "limit", "true", "int32"),
        .. OfParameter(3, "lastFileId", null, "int64"),
        DocumentedFact.Value("no parameter that has no effect", $"{List}/get/parameters/4", null),
        DocumentedFact.Value("at most 100 on a page", $"{List}/get/parameters/2/schema/maximum", "100"),
        DocumentedFact.Value("a page's two fields", $"{ListAnswer}/properties/data/required", """["lastFileId","fileList"]"""),
        .. OfFile($"{ListAnswer}/properties/data/properties/fileList/items"),
        .. OfFile($"{Infos}/post/responses/200/content/application~1json/schema/properties/data/properties/fileList/items"),
    ];

    // What all operations on a list of IDs have; data is null where it is not documented the same everywhere.
    private static IEnumerable<DocumentedFact> OfIdList(string name, string path, string page, string ids, int? rate, string request, string? data)
    {
        var (body, answer) = ($"{path}/post/requestBody/content/application~1json", $"{path}/post/responses/200/content/application~1json");
        yield return DocumentedFact.Names($"{name} is a POST", path, "post");
        yield return DocumentedFact.Value($"{name}'s page", $"{path}/post/externalDocs/url", $"{Pages}{page}");
        yield return DocumentedFact.Value($"{name} needs a token", $"{path}/post/security", null);
        yield return DocumentedFact.Value($"{name}'s header", $"{path}/post/parameters/0/name", "Platform");
        yield return DocumentedFact.Value($"{name} has no other parameter", $"{path}/post/parameters/1", null);
        yield return DocumentedFact.Value($"{name}'s body", $"{path}/post/requestBody/required", "true");
        yield return DocumentedFact.Value($"{name}'s IDs are a list", $"{body}/schema/properties/{ids}/type", "array");
        yield return DocumentedFact.Value($"{name} takes at most 100", $"{body}/schema/properties/{ids}/maxItems", "100");
        yield return DocumentedFact.Value($"{name}'s IDs have 64 bits", $"{body}/schema/properties/{ids}/items/format", "int64");
        yield return DocumentedFact.Value($"{name}'s example", $"{body}/example", request);
        yield return DocumentedFact.Value($"{name}'s envelope", $"{answer}/schema/required", """["code","message"]""");
        yield return DocumentedFact.Value($"{name}'s success", $"{answer}/example/code", "0");
        yield return DocumentedFact.Value($"{name}'s payload may be null", $"{answer}/schema/properties/data/nullable", "true");
        if (data is not null)
        {
            yield return DocumentedFact.Value($"{name}'s example of a payload", $"{answer}/example/data", data);
        }

        foreach (var fact in OfRate(name, path, "post", rate))
        {
            yield return fact;
        }
    }

    private static IEnumerable<DocumentedFact> OfRate(string name, string path, string verb, int? rate) =>
        [DocumentedFact.Value($"{name}: requests a second", $"{path}/{verb}/x-rate-limit", rate?.ToString(CultureInfo.InvariantCulture))];

    private static IEnumerable<DocumentedFact> OfParameter(int index, string name, string? required, string format) =>
    [
        DocumentedFact.Value($"parameter {name}", $"{List}/get/parameters/{index}/name", name),
        DocumentedFact.Value($"{name} is in the query", $"{List}/get/parameters/{index}/in", "query"),
        DocumentedFact.Value($"whether {name} is required", $"{List}/get/parameters/{index}/required", required),
        DocumentedFact.Value($"{name} is a number", $"{List}/get/parameters/{index}/schema/format", format),
    ];

    private static IEnumerable<DocumentedFact> OfFile(string file) =>
    [
        DocumentedFact.Value($"what every file has, at {file}", $"{file}/required", """["fileId","filename","parentFileId","type","size","etag","category","status","trashed"]"""),
        .. from field in new[] { "fileId", "parentFileId", "size" } select DocumentedFact.Value($"{field} has 64 bits, at {file}", $"{file}/properties/{field}/format", "int64"),
        .. from field in new[] { "type", "category", "status", "trashed" } select DocumentedFact.Value($"{field} is a number, at {file}", $"{file}/properties/{field}/type", "integer"),
        .. from field in new[] { "filename", "etag", "createAt" } select DocumentedFact.Value($"{field} is text, at {file}", $"{file}/properties/{field}/type", "string"),
        DocumentedFact.Value($"a time without an offset is text, at {file}", $"{file}/properties/createAt/format", null),
    ];
}
