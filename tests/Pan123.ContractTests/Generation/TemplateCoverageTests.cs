namespace Pan123.ContractTests;

/// <summary>What is added to the specification is generated without any other change; what the templates do not know is an error of the build.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TemplateCoverageTests
{
    private const string NextPath = "  /api/v1/access_token:\n";
    private const string NextSchema = "    DeleteFilesRequest:\n";

    private const string Operation =
        """
          /api/v1/file/{fileID}/history:
            get:
              operationId: listVersions
              tags: [files]
              summary: Lists the versions of a file.
              parameters:
                - $ref: '#/components/parameters/Platform'
                - name: fileID
                  in: path
                  required: true
                  description: The ID of the file.
                  schema:
                    type: integer
                    format: int64
                - name: from date
                  in: query
                  description: Where to begin; null for the newest.
                  schema:
                    type: string
                - name: limit
                  in: query
                  required: true
                  description: How many at most.
                  schema:
                    type: integer
                    format: int32
              responses:
                '200':
                  description: The versions.
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/ListVersionsResponse'
                      example:
                        code: 0
                        message: ok
                        data:
                          total: 2
                          versionIDs: [4398046511105, 4398046511106]
                          newest:
                            createdAt: '2025-03-23T15:48:37.5+08:00'
                            comment: null
                            isCurrent: true
                          versions:
                            - createdAt: '2025-03-23T15:48:37.5+08:00'
                              comment: first
                              size: 12
                        x-traceID: trace-1


        """;

    // Its body has all that a body may have.
    private const string OperationWithBody =
        """
          /api/v1/file/label:
            post:
              operationId: labelFile
              x-repeatable: true
              tags: [files]
              summary: Labels a file.
              parameters:
                - $ref: '#/components/parameters/Platform'
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      $ref: '#/components/schemas/LabelFileRequest'
                    example:
                      fileID: 4398046511105
                      text: new
                      comment: null
                      colour: 7
                      isShared: true
                      words: [a, b]
                      relatedIDs: [4398046511106]
                      places: [1, 2]
                      answers: [true, false]
              responses:
                '200':
                  description: The answer.
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/DeleteFilesResponse'
                      example:
                        code: 0
                        message: ok
                        data: null
                        x-traceID: trace-2


        """;

    private const string SchemaOfBody =
        """
            LabelFileRequest:
              type: object
              description: A label.
              required: [fileID, text, comment, colour, isShared, words, relatedIDs, places, answers]
              properties:
                fileID:
                  type: integer
                  format: int64
                  description: The file.
                text:
                  type: string
                  description: What the label says.
                comment:
                  type: string
                  nullable: true
                  description: A comment on it; null for none.
                colour:
                  type: integer
                  format: int32
                  description: Its colour.
                isShared:
                  type: boolean
                  description: Whether others see it.
                words:
                  type: array
                  description: Words to find it by.
                  items:
                    type: string
                relatedIDs:
                  type: array
                  description: Other files.
                  items:
                    type: integer
                    format: int64
                places:
                  type: array
                  description: Where it stands.
                  items:
                    type: integer
                    format: int32
                answers:
                  type: array
                  description: What was answered.
                  items:
                    type: boolean


        """;

    private const string Schemas =
        """
            FileVersion:
              type: object
              description: A version of a file.
              required: [createdAt, comment]
              properties:
                createdAt:
                  type: string
                  format: date-time
                  description: When it was written.
                comment:
                  type: string
                  nullable: true
                  description: Its writer's words; null for none.
                size:
                  type: integer
                  format: int64
                  description: In bytes; null when it is not known.
                isCurrent:
                  type: boolean
                  description: Whether it is the file as it is; null when it is not known.

            ListVersionsResponse:
              type: object
              description: The envelope, with versions.
              required: [code, message]
              properties:
                code:
                  type: integer
                  format: int32
                  description: 0 for success.
                message:
                  type: string
                  description: The service's own words.
                data:
                  $ref: '#/components/schemas/FileVersions'
                x-traceID:
                  type: string
                  description: Identifies the request.

            FileVersions:
              type: object
              nullable: true
              description: The versions of a file; null when there is an error.
              required: [total, versionIDs, versions]
              properties:
                total:
                  type: integer
                  format: int32
                  description: How many there are.
                newest:
                  $ref: '#/components/schemas/FileVersion'
                versions:
                  type: array
                  description: The versions themselves.
                  items:
                    $ref: '#/components/schemas/FileVersion'
                versionIDs:
                  type: array
                  description: Their IDs.
                  items:
                    type: integer
                    format: int64


        """;

    // The whole of what a maintainer's user writes.
    private const string Program =
        """
        using Pan123;

        using var pan = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = new Uri(args[0]), AccessToken = "token" });
        IPan123Client client = pan;
        var newest = await client.ListVersionsAsync(14705301, limit: 10);
        var older = await client.ListVersionsAsync(long.MaxValue >> 10, 10, from_date: "a&limit=x/ 文");
        var data = newest.Data!;
        var first = data.Versions.Single();
        var labelled = await client.LabelFileAsync(new LabelFileRequest
        {
            FileId = long.MaxValue >> 10, Text = "\"文\u2028", Comment = null, Colour = int.MinValue, IsShared = false, Words = ["a", ""], RelatedIds = [1, 2], Places = [], Answers = [true, false],
        });
        Console.WriteLine($"{data.Total}: {string.Join(' ', data.VersionIds)}, {data.Newest!.IsCurrent} {data.Newest.Comment ?? "null"}, {first.CreatedAt.UtcDateTime:s} {first.Comment} {first.Size} {first.IsCurrent ?? false}, {older.TraceId}, {labelled.TraceId}");
        """;

    // What is replaced in the specification, by what, and what the error then names.
    private static readonly string[][] Unknown =
    [
        ["    get:", "    delete:", "the verb 'delete' of listVersions"],
        ["    get:", "    patch:", "the verb 'patch' of listVersions"],
        ["    get:", "    post:", "listVersions does not say \"x-repeatable: true\""],
        ["          in: query\n          required: true", "          in: cookie\n          required: true", "the parameter 'limit' of listVersions"],
        ["          in: query\n          required: true", "          in: header\n          required: true", "the parameter 'limit' of listVersions"],
        ["            type: string\n", "            type: array\n            items:\n              type: string\n", "the parameter 'from date' of listVersions"],
        ["            type: string\n", "            type: string\n            enum: [a, b]\n", "the parameter 'from date' of listVersions"],
        ["            type: string\n", "            type: string\n            format: date\n", "the parameter 'from date' of listVersions"],
        ["            type: string\n", "            type: string\n            default: now\n", "defaults of parameters, which 'from date' of listVersions has"],
        ["            type: string\n", "            type: string\n            maxLength: 5\n", "the limits of the parameter 'from date' of listVersions"],
        ["            type: integer\n            format: int32\n      resp", "            type: integer\n            format: int32\n            minimum: 1\n      resp", "the limits of the parameter 'limit' of listVersions"],
        ["            type: integer\n            format: int32\n      resp", "            type: integer\n            format: int32\n            maximum: 100\n      resp", "Nothing would enforce the maximum of the parameter 'limit': put listVersions into protectedMethods"],
        ["            type: integer\n            format: int32\n      resp", "            type: number\n      resp", "the parameter 'limit' of listVersions"],
        ["'200':", "default:", "the response default of listVersions"],
        ["'200':", "'404':\n          description: None.\n        '200':", "the response 404 of listVersions"],
        ["            application/json:", "            text/plain:", "the response 200 of listVersions"],
        ["      responses:", "      requestBody:\n        content:\n          multipart/form-data:\n            schema:\n              type: object\n              properties:\n                file:\n                  type: string\n                  format: binary\n      responses:", "of listVersions"],
        ["      responses:", "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/DeleteFilesRequest'\n      responses:", "Nothing would enforce the limits of DeleteFilesRequest: put listVersions into protectedMethods"],
        ["        versionIDs:\n          type: array\n          description: Their IDs.\n          items:\n            type: integer\n            format: int64", "        versionIDs:\n          type: string\n          enum: [a, b]", "FileVersions.versionIDs"],
        ["          type: integer\n          format: int32\n          description: How", "          type: number\n          description: How", "the type double of FileVersions.total"],
        ["        newest:\n          $ref: '#/components/schemas/FileVersion'", "        newest:\n          type: object\n          additionalProperties:\n            type: string", "of FileVersions.newest"],
        ["        newest:\n          $ref: '#/components/schemas/FileVersion'", "        newest: {}", "the type object of FileVersions.newest"],
        ["        data:\n          $ref: '#/components/schemas/FileVersions'", "        data:\n          type: array\n          items:\n            type: string", "of ListVersionsResponse: a payload is an object"],
        ["                $ref: '#/components/schemas/ListVersionsResponse'", "                $ref: '#/components/schemas/FileVersion'", "The response of listVersions is named FileVersion"],
        ["      responses:", "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/FileVersion'\n      responses:", "The body of listVersions is named FileVersion"],
        ["[fileID, text, comment,", "[fileID, comment,", "optional properties of a body, which LabelFileRequest.text is"],
        ["          description: What the label", "          maxLength: 5\n          description: What the label", "the limits of LabelFileRequest.text"],
        ["          items:\n            type: string\n        rel", "          items:\n            type: string\n            pattern: a\n        rel", "the limits of LabelFileRequest.words"],
        ["          format: int32\n          description: Its", "          format: int32\n          nullable: true\n          description: Its", "the type int? of LabelFileRequest.colour"],
        ["          type: integer\n          format: int32\n          description: Its", "          type: number\n          description: Its", "the type double of LabelFileRequest.colour"],
        ["          type: array\n          description: Words", "          type: array\n          nullable: true\n          description: Words", "of LabelFileRequest.words"],
        ["            type: boolean\n\n    FileVersion:", "            $ref: '#/components/schemas/FileVersion'\n\n    FileVersion:", "of LabelFileRequest.answers"],
        ["          description: Identifies the request.\n\n    FileV", "          description: Identifies the request.\n          default: none\n\n    FileV", "ListVersionsResponse.x-traceID"],
        ["          description: Identifies the request.\n\n    FileV", "          description: Identifies the request.\n        more:\n          type: string\n\n    FileV", "'more' of ListVersionsResponse"],
        ["      responses:", "      requestBody:\n        content:\n          application/json:\n            schema:\n              $ref: '#/components/schemas/FileVersions'\n      responses:", "the parameter 'body' of listVersions"],
        ["    FileVersions:\n      type: object", "    FileVersions:\n      allOf:\n        - $ref: '#/components/schemas/DeleteFilesRequest'\n      type: object", "inheritance, discriminators and tuples, which FileVersions uses"],
        ["            type: integer\n            format: int64\n\n    Del", "            type: integer\n            format: int64\n\n    Mode:\n      type: string\n      enum: [a, b]\n\n    Del", "enums of strings and flags, which Mode is"],
        ["            type: integer\n            format: int64\n\n    Del", "            type: integer\n            format: int64\n\n    Mode:\n      type: integer\n      enum: [1, 2]\n\n    Del", "a name and a description for Mode 1"],
    ];

    private static readonly string Extended = Insert(Insert(Specification.CurrentText, NextPath, OperationWithBody + Operation), NextSchema, SchemaOfBody + Schemas);

    private static IEnumerable<string[]> UnknownCases => Sample.Of(Unknown, interval: 5);

    [Test]
    public async Task An_operation_that_is_added_to_the_specification_can_be_called()
    {
        using var copy = new RepositoryCopy();
        var specification = copy.PathOf(Specification.File);
        await File.WriteAllTextAsync(specification, Extended);
        await using var prism = await Prism.StartAsync(specification);

        var result = await copy.RunProgramAsync(Program, prism.BaseAddress.AbsoluteUri);

        Assert.That((result.ExitCode, result.Output.Split('\n')[^2]), Is.EqualTo((0, "2: 4398046511105 4398046511106, True null, 2025-03-23T07:48:37 first 12 False, trace-1, trace-2")), result.Output);
    }

    [Test]
    public async Task The_linter_has_nothing_against_it()
    {
        using var folder = new TemporaryFolder();

        var (passes, report) = await Linter.LintAsync(await folder.WriteAsync("extended.yaml", Extended));

        Assert.That(passes, report);
    }

    [Test]
    public async Task The_generated_code_reads_as_if_it_was_written_by_hand()
    {
        var difference = ApprovedFile.FindDifference(ApprovedTests.Client, await Generator.GenerateAsync(Extended))!;

        Assert.Multiple(() =>
        {
            Assert.That(difference, Does.Contain("+     System.Threading.Tasks.Task<ListVersionsResponse> ListVersionsAsync(long fileID, int limit, string? from_date = null, System.Threading.CancellationToken cancellationToken = default);"));
            Assert.That(difference, Does.Contain("""+         var address = new System.Uri($"api/v1/file/{ApiAddress.Segment("fileID", fileID)}/history{ApiAddress.Query(("limit", limit), ("from date", from_date))}", System.UriKind.Relative);"""));
            Assert.That(difference, Does.Contain("""+         var request = new ApiRequest("listVersions", System.Net.Http.HttpMethod.Get, address);"""));
            Assert.That(difference, Does.Contain("""+         json.WriteNumber("fileID", FileId);"""));
            Assert.That(difference, Does.Contain("""+         json.WriteStartArray("relatedIDs");"""));
            Assert.That(difference, Does.Not.Contain("\n- ").And.Not.Contain("#error"), "Nothing else changes.");
        });
    }

    [TestCaseSource(nameof(UnknownCases))]
    public async Task What_the_templates_do_not_know_is_an_error_with_its_name(string known, string unknown, string named)
    {
        var from = Extended.IndexOf(Operation, StringComparison.Ordinal);
        var at = Extended.IndexOf(known, from, StringComparison.Ordinal) is var found and >= 0 ? found : Extended.IndexOf(known, StringComparison.Ordinal);
        Assert.That(at, Is.Not.Negative, "The text has changed, so must this.");

        var client = await Generator.GenerateAsync($"{Extended[..at]}{unknown}{Extended[(at + known.Length)..]}");

        Assert.That(client.Split('\n').Where(line => line.TrimStart().StartsWith("#error", StringComparison.Ordinal)), Has.Some.Contains(named));
    }

    private static string Insert(string text, string before, string inserted) => text.Replace(before, inserted + before, StringComparison.Ordinal);
}
