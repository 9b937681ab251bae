namespace Pan123.ContractTests;

/// <summary>A small change that makes the specification wrong, and the checks that fail for it.</summary>
/// <param name="What">What is changed.</param>
/// <param name="Text">The text whose first occurrence is replaced.</param>
/// <param name="Replacement">What stands there instead.</param>
/// <param name="Named">What at least one of the checks says, to lead to it.</param>
/// <param name="CaughtBy">The checks, the cheap ones first; the generated client is only compared where no other check fails.</param>
public sealed record SpecificationMutation(string What, string Text, string Replacement, string Named, params IReadOnlyList<string> CaughtBy)
{
    public const string Lint = "lint";
    public const string Facts = "documented facts";
    public const string Client = "approved client";

    private const string Body = "            schema:\n              $ref: '#/components/schemas/DeleteFilesRequest'";

    public static IReadOnlyList<SpecificationMutation> All { get; } =
    [
        new("a verb that is none", "    post:", "    pots:", "pots", Lint, Facts),
        new("another verb", "    post:", "    put:", "a deletion is a POST", Facts),
        new("a path in the plural", "/api/v1/file/delete:", "/api/v1/files/delete:", "these operations", Facts),
        new("a path with a slash more", "/api/v1/file/delete:", "/api/v1/file/delete/:", "no-path-trailing-slash", Lint, Facts),
        new("the path of the restore", "/api/v1/file/delete:", "/api/v1/file/restore:", "these operations", Facts),
        new("a header's name", "      name: Platform", "      name: Plattform", "documented is Platform", Facts),
        new("a header's value", "enum: [open_platform]", "enum: [open-platform]", """["open_platform"]""", Lint, Facts),
        new("a header's value twice", "enum: [open_platform]", "enum: [open_platform, web]", """["open_platform"]""", Facts),
        new("a header's value that is a number", "enum: [open_platform]", "enum: [1]", "enum", Lint, Facts),
        new("a header that is optional", "      in: header\n      required: true", "      in: header\n      required: false", "Platform is required", Facts),
        new("a header misspelt as required", "      in: header\n      required: true", "      in: header\n      requird: true", "requird", Lint, Facts),
        new("a header that is a query", "      in: header", "      in: query", "Platform is a header", Facts),
        new("a header that is nowhere", "      in: header", "      in: heder", "`in` can be one of the following only", Lint, Facts),
        new("a header that was forgotten", "      parameters:\n        - $ref: '#/components/parameters/Platform'\n", "", "documented is Platform", Facts),
        new("a body that is optional", "      requestBody:\n        required: true", "      requestBody:\n        required: false", "a body", Facts),
        new("a body misspelt as required", "      requestBody:\n        required: true", "      requestBody:\n        requierd: true", "requierd", Lint, Facts),
        new("a body's content type", $"          application/json:\n{Body}", $"          application/jsn:\n{Body}", "jsn", Lint, Facts),
        new("a limit off by one", "maxItems: 100", "maxItems: 101", "at most 100", Facts),
        new("a limit halved", "maxItems: 100", "maxItems: 50", "at most 100", Facts),
        new("a limit dropped", "          maxItems: 100\n", "", "at most 100", Facts),
        new("a limit misspelt", "maxItems: 100", "maxItemz: 100", "maxItemz", Lint, Facts),
        new("a limit that is a string", "maxItems: 100", "maxItems: '100'", "maxItems", Lint),
        new("the other limit dropped", "          minItems: 1\n", "", "FileIdsMinItems", Client),
        new("IDs that may occur twice", "          uniqueItems: true\n", "", "FileIdsUniqueItems", Client),
        new("IDs that may be 0", "            minimum: 1", "            minimum: 0", "FileIdsItemMinimum => 0", Client),
        new("IDs of 32 bits", "            format: int64\n            minimum: 1", "            format: int32\n            minimum: 1", "of 64 bits", Facts),
        new("IDs of no size", "            format: int64\n            minimum: 1", "            minimum: 1", "of 64 bits", Facts),
        new("IDs that are strings", "            type: integer\n            format: int64\n            minimum: 1", "            type: string", "an ID is a whole number", Lint, Facts),
        new("IDs of a type that is none", "            type: integer\n            format: int64\n            minimum: 1", "            type: integr\n            format: int64\n            minimum: 1", "integr", Lint, Facts),
        new("a list that is none", "          type: array", "          type: aray", "aray", Lint, Facts),
        new("a field's name by case", "        fileIDs:", "        fileIds:", "fileIDs", Lint, Facts),
        new("a required field by case", "required: [fileIDs]", "required: [fileIds]", "fileIds", Lint, Facts),
        new("a field that is not required", "      required: [fileIDs]\n", "", "the body's only field", Facts),
        new("fields that are not documented", "      additionalProperties: false", "      additionalProperties: true", "and nothing else", Facts),
        new("code that is not required", "required: [code, message]", "required: [message]", "code and message are always there", Facts),
        new("message misspelt as required", "required: [code, message]", "required: [code, mesage]", "mesage", Lint, Facts),
        new("code that is a string", "        code:\n          type: integer\n          format: int32", "        code:\n          type: string", "code is a whole number", Lint, Facts),
        new("code of 64 bits", "        code:\n          type: integer\n          format: int32", "        code:\n          type: integer\n          format: int64", "long Code", Client),
        new("other codes without a type", "            - type: integer\n              format: int32\n              description: Success", "            - description: Success", "A schema says its type", Lint),
        new("data without fields", "          additionalProperties: true", "          additionalProperties: false", "of which nothing is known", Facts),
        new("data that is not nullable", "          type: object\n          nullable: true", "          type: object", "`data` property type must be object", Lint, Facts),
        new("nullable misspelt", "          type: object\n          nullable: true", "          type: object\n          nullabel: true", "nullabel", Lint, Facts),
        new("a trace ID renamed", "        x-traceID:", "        x-traceId:", "x-traceID", Lint, Facts),
        new("an error's number", "enum: [1, 401, 429, 5066, 5113]", "enum: [1, 401, 429, 5067, 5113]", "the errors that are documented", Facts),
        new("errors in another order than their names", "[InternalError, Unauthorized, TooManyRequests, ", "[InternalError, TooManyRequests, Unauthorized, ", "what they are", Facts),
        new("an error without a description", "        - Too many requests.\n", "", "x-enumDescriptions", Client),
        new("security dropped", "security:\n  - accessToken: []\n", "", "security", Lint, Facts),
        new("security misspelt", "  - accessToken: []", "  - acessToken: []", "acessToken", Lint, Facts),
        new("another scheme", "scheme: bearer", "scheme: basic", "Bearer before it", Facts),
        new("a deletion without a token", "      operationId: deleteFiles\n", "      operationId: deleteFiles\n      security: []\n", "nothing takes it from the deletion", Facts),
        new("a token for which one needs a token", "      security: []\n", "", "a token needs no token", Facts),
        new("a secret that is none", "          format: password\n          description: The client secret.", "          description: The client secret.", "Secret = body.ClientSecret", Client),
        new("a token that a user types", "        accessToken:\n          type: string\n", "        accessToken:\n          type: string\n          format: password\n", "not one that a user types", Facts),
        new("an expiry that is text", "          format: date-time\n", "", "its expiry is a time", Facts),
        new("another service", "https://open-api.123pan.com", "https://open-api.123pan.cn", "the service", Facts),
        new("no TLS", "https://open-api.123pan.com", "http://open-api.123pan.com", "the service", Facts),
        new("a second service", "servers:\n", "servers:\n  - url: https://test.123pan.com\n    description: Test.\n", "there is one service", Facts),
        new("an operation renamed", "operationId: deleteFiles", "operationId: deleteFile", "DeleteFileAsync", Client),
        new("an operation with another's name", "operationId: issueAccessToken", "operationId: deleteFiles", "operation-operationId-unique", Lint),
        new("an operation that may not be repeated", "      x-repeatable: true\n", "", "does not say \"x-repeatable: true\"", Client),
        new("a key twice", "    DeleteFilesRequest:\n      type: object", "    DeleteFilesRequest:\n      type: object\n      type: object", "duplicated mapping key in", Lint, Facts),
        new("a limit twice", "          minItems: 1\n", "          minItems: 1\n          minItems: 2\n", "duplicated mapping key in", Lint, Facts),
        new("a wrong indent", "        fileIDs:\n          type: array", "      fileIDs:\n          type: array", "fileIDs", Lint, Facts),
        new("a tab", "      operationId: deleteFiles", "\t  operationId: deleteFiles", "tab", Lint, Facts),
        new("an unknown keyword", "      additionalProperties: false", "      additionalProperty: false", "additionalProperty", Lint, Facts),
        new("a status that is none", "'200':", "'2000':", "2000", Lint, Facts),
        new("another status", "'200':", "'201':", "the status is 200", Facts),
        new("a second answer", "        '200':", "        '202':\n          description: Later.\n        '200':", "the status is 200", Facts),
        new("a second content type of the answer", "                x-traceID: dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h\n", "                x-traceID: dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h\n            text/plain:\n              schema:\n                type: string\n", "text/plain", Lint, Facts),
        new("another operation's answer", "$ref: '#/components/schemas/DeleteFilesResponse'", "$ref: '#/components/schemas/IssueAccessTokenResponse'", "DeleteFilesResponse", Lint, Facts),
        new("two answers in one", "                $ref: '#/components/schemas/DeleteFilesResponse'", "                oneOf:\n                  - $ref: '#/components/schemas/DeleteFilesResponse'\n                  - $ref: '#/components/schemas/IssueAccessTokenResponse'", "the answer is an object", Lint, Facts),
        new("a reference to nowhere", "#/components/schemas/DeleteFilesRequest'", "#/components/schemas/DeleteFileRequest'", "Can't resolve $ref", Lint, Facts),
        new("an example by case", "              fileIDs: [14705301, 14705306]", "              fileIds: [14705301, 14705306]", "fileIds", Lint, Facts),
        new("an example that is not the documented one", "[14705301, 14705306]", "[14705301, 14705307]", "the example of a request", Facts),
        new("files in the recycle bin that count as deleted", "x-effect: trashed", "x-effect: deleted", "Effect = \"deleted\"", Client),
        new("an effect that was forgotten", "      x-effect: recovered\n", "", "RecoverFilesAddress, body)", Client),
        new("a rate of requests", "x-rate-limit: 5", "x-rate-limit: 50", "trash: requests a second", Facts),
        new("a folder's name in another operation", "        parentFileID:", "        toParentFileID:", "toParentFileID", Lint, Facts),
        new("a page's size dropped", "            maximum: 100\n", "", "at most 100 on a page", Facts),
        new("only the list of the table", "        list:\n          type: array\n          description: The files.\n          items:\n            $ref: '#/components/schemas/Pan123File'\n", "", "infos' two lists", Facts),
        new("a time without an offset that is a time", "        createAt:\n          type: string\n", "        createAt:\n          type: string\n          format: date-time\n", "a time without an offset is text", Lint, Facts),
        new("a flag that is a boolean", "        trashed:\n          type: integer\n          format: int32\n", "        trashed:\n          type: boolean\n", "trashed is a number", Lint, Facts),
        new("a version that is none", "openapi: 3.0.3", "openapi: 3.O.3", "openapi", Lint),
        new("a newer version", "openapi: 3.0.3", "openapi: 3.1.0", "nullable", Lint),
    ];

    /// <summary>The specification with the mutation.</summary>
    public string Apply(string specification)
    {
        var at = specification.IndexOf(Text, StringComparison.Ordinal);
        Assert.That(at, Is.Not.Negative, $"The specification has changed, so must the mutation '{What}'.");
        return $"{specification[..at]}{Replacement}{specification[(at + Text.Length)..]}";
    }

    public override string ToString() => What;
}
