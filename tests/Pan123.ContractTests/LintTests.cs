namespace Pan123.ContractTests;

/// <summary>A strict linter, because NSwag makes something of everything: <c>pots</c> is a verb to it, and <c>maxItemz</c> nothing at all.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LintTests
{
    [Test]
    public async Task The_specification_passes()
    {
        var (passes, report) = await Linter.LintAsync(Repository.PathOf(Specification.File));

        Assert.That(passes, report);
    }

    [TestCase("    post:\n      operationId: deleteFiles", "    pots:\n      operationId: deleteFiles", "pots")]
    [TestCase("maxItems: 100", "maxItemz: 100", "maxItemz")]
    [TestCase("maxItems: 100", "maxItems: '100'", "maxItems")]
    [TestCase("      requestBody:\n        required: true", "      requestBody:\n        requierd: true", "requierd")]
    [TestCase("      required: true\n      description: The platform", "      requird: true\n      description: The platform", "requird")]
    [TestCase("      in: header", "      in: heder", "`in` can be one of the following only")]
    [TestCase("            type: integer\n            format: int64", "            type: integr\n            format: int64", "integr")]
    [TestCase("required: [fileIDs]", "required: [fileIds]", "fileIds")]
    [TestCase("required: [code, message]", "required: [code, mesage]", "mesage")]
    [TestCase("        data:\n          type: object\n          nullable: true", "        data:\n          type: object\n          nullabel: true", "nullabel")]
    [TestCase("        data:\n          type: object\n          nullable: true", "        data:\n          type: object", "`data` property type must be object")]
    [TestCase("        code:\n          type: integer\n          format: int32", "        code:\n          type: string\n          format: int32", "code")]
    [TestCase("    DeleteFilesRequest:\n      type: object", "    DeleteFilesRequest:\n      type: object\n      type: object", "duplicated mapping key in")]
    [TestCase("          minItems: 1\n", "          minItems: 1\n          minItems: 2\n", "duplicated mapping key in")]
    [TestCase("        fileIDs:\n          type: array", "      fileIDs:\n          type: array", "fileIDs")]
    [TestCase("'200':", "'2000':", "2000")]
    [TestCase("operationId: issueAccessToken", "operationId: deleteFiles", "operation-operationId-unique")]
    [TestCase("#/components/schemas/DeleteFilesRequest'", "#/components/schemas/DeleteFileRequest'", "Can't resolve $ref")]
    [TestCase("  - accessToken: []", "  - acessToken: []", "acessToken")]
    [TestCase("security:\n  - accessToken: []\n", "", "security")]
    [TestCase("          application/json:\n            schema:\n              $ref: '#/components/schemas/DeleteFilesRequest'", "          application/jsn:\n            schema:\n              $ref: '#/components/schemas/DeleteFilesRequest'", "jsn")]
    [TestCase("              fileIDs: [14705301, 14705306]", "              fileIds: [14705301, 14705306]", "fileIds")]
    [TestCase("enum: [open_platform]", "enum: [1]", "enum")]
    [TestCase("openapi: 3.0.3", "openapi: 3.O.3", "openapi")]
    public async Task A_slip_is_an_error_that_leads_to_it(string text, string slip, string named)
    {
        var specification = await File.ReadAllTextAsync(Repository.PathOf(Specification.File));
        Assert.That(specification, Does.Contain(text), "The specification has changed: so must this slip.");
        var folder = Directory.CreateTempSubdirectory("pan123-lint-");
        var copy = Path.Combine(folder.FullName, "pan123.openapi.yaml");
        var at = specification.IndexOf(text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(copy, $"{specification[..at]}{slip}{specification[(at + text.Length)..]}");

        var (passes, report) = await Linter.LintAsync(copy);

        folder.Delete(recursive: true);
        Assert.Multiple(() =>
        {
            Assert.That(passes, Is.False, report);
            Assert.That(report, Does.Contain(named));
        });
    }
}
