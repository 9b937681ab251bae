using System.Diagnostics;
using Pan123.Emulator;

namespace Pan123.ContractTests;

/// <summary>Clients that other generators make from the specification: they have its types, and delete files at the emulator.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class OtherGeneratorsTests : IAsyncDisposable
{
    // The two types are the same, not only assignable, as a number is to `any`.
    private const string Facts =
        """
        type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : { expected: B; actual: A };
        export const codeIsNumber: Same<Answer['code'], number> = true;
        export const messageIsString: Same<Answer['message'], string> = true;
        export const dataIsNullOrAnyObject: Same<Answer['data'], { [field: string]: unknown } | null | undefined> = true;
        export const traceIdMayBeAbsent: Same<Answer['x-traceID'], string | undefined> = true;
        export const bodyHasNothingButIds: Same<Body, { fileIDs: number[] }> = true;
        export const platformIsRequired: Same<Headers, { Platform: 'open_platform' }> = true;

        """;

    private const string TypeScriptProject =
        """
        {
          "compilerOptions": { "strict": true, "target": "es2022", "module": "nodenext", "lib": ["es2022", "dom", "dom.iterable"], "types": [], "noEmitOnError": true },
          "files": ["program.ts"]
        }
        """;

    private const string KiotaProject =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.Kiota.Http.HttpClientLibrary" />
            <PackageReference Include="Microsoft.Kiota.Serialization.Json" />
          </ItemGroup>
        </Project>
        """;

    private static readonly string SpecificationFile = Repository.PathOf(Specification.File);

    private Pan123Emulator _emulator = null!;

    [SetUp]
    public async Task StartEmulatorAsync()
    {
        _emulator = await Pan123Emulator.StartAsync();
        _emulator.Drive.AddToRecycleBin(14705301, 14705306);
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    // Its limits: any property may be null, nothing is generated for a header or for the limits of a list, the path's Delete becomes
    // DeletePath, an object of which nothing is known is a class without properties, and there is no format password, of which it warns.
    [Test]
    public async Task A_client_by_Kiota()
    {
        const string Json = "Microsoft.Kiota.Serialization.Json.Json";
        using var folder = new TemporaryFolder();
        await folder.WriteAsync("Directory.Packages.props", await File.ReadAllTextAsync(Repository.PathOf("Directory.Packages.props")));
        var project = await folder.WriteAsync("Program.csproj", KiotaProject);
        await folder.WriteAsync(
            "Program.cs",
            $$"""
             using Deletion;
             using Deletion.Models;
             using Microsoft.Kiota.Abstractions.Authentication;
             using Microsoft.Kiota.Http.HttpClientLibrary;

             using var adapter = new HttpClientRequestAdapter(new BaseBearerTokenAuthenticationProvider(new AccessToken())) { BaseUrl = "{{_emulator.BaseAddress}}" };
             List<long?> fileIds = [14705301, 14705306];
             var body = new DeleteFilesRequest { FileIDs = fileIds };
             var answer = await new Client(adapter).Api.V1.File.DeletePath.PostAsync(body, request => request.Headers.Add("Platform", "open_platform"));

             int? code = answer!.Code;
             string? message = answer.Message;
             string? traceId = answer.XTraceID;
             Console.WriteLine($"{code} {message} {traceId}");

             internal sealed class AccessToken : IAccessTokenProvider
             {
                 public AllowedHostsValidator AllowedHostsValidator { get; } = new();

                 public Task<string> GetAuthorizationTokenAsync(Uri uri, Dictionary<string, object>? context, CancellationToken cancellationToken) =>
                     Task.FromResult("{{_emulator.AccessToken}}");
             }
             """);
        await RequireAsync("tool", "restore");
        await RequireAsync("restore", project);

        var said = Succeeded(await DotNetAsync(
            "kiota", "generate", "--language", "CSharp", "--openapi", SpecificationFile, "--output", folder.PathOf("Generated"),
            "--namespace-name", "Deletion", "--class-name", "Client", "--exclude-backward-compatible",
            "--serializer", $"{Json}SerializationWriterFactory", "--deserializer", $"{Json}ParseNodeFactory"));
        var output = Succeeded(await DotNetAsync("run", "--no-restore", "--project", project));

        AssertDeleted(output);
        var warnings = said.Split('\n').Where(line => line.Contains("warning:", StringComparison.Ordinal));
        Assert.That(warnings, Is.All.Contains("IssueAccessTokenRequest/properties/clientSecret - The format password"));
    }

    [Test]
    public async Task A_client_by_openapi_typescript()
    {
        using var folder = NodeTools.CreateFolder();
        // Or it would take the linter's.
        var rules = await folder.WriteAsync("redocly.yaml", "");
        Succeeded(await NodeTools.RunAsync("openapi-typescript/bin/cli.js", SpecificationFile, "--output", folder.PathOf("generated.ts"), "--redocly", rules));

        var output = await RunTypeScriptAsync(
            folder,
            $$"""
             import createClient from 'openapi-fetch';
             import type { components, operations, paths } from './generated';

             type Body = components['schemas']['DeleteFilesRequest'];
             type Answer = components['schemas']['DeleteFilesResponse'];
             type Headers = operations['deleteFiles']['parameters']['header'];
             {{Facts}}
             const client = createClient<paths>({ baseUrl: '{{_emulator.BaseAddress}}', headers: { Authorization: 'Bearer {{_emulator.AccessToken}}' } });
             client.POST('/api/v1/file/delete', { params: { header: { Platform: 'open_platform' } }, body: { fileIDs: [14705301, 14705306] } })
                 .then(({ data }) => console.log(data?.code, data?.message, data?.['x-traceID']));
             """);

        AssertDeleted(output);
    }

    // Its limit: it calls what an operation returns by the operation's name and `Response`, as the schema is called too, and so adds a 2 to it.
    [Test]
    public async Task A_client_by_openapi_ts()
    {
        using var folder = NodeTools.CreateFolder();
        Succeeded(await NodeTools.RunAsync("@hey-api/openapi-ts/bin/run.js", "--input", SpecificationFile, "--output", folder.PathOf("generated"), "--no-log-file"));

        var output = await RunTypeScriptAsync(
            folder,
            $$"""
             import { deleteFiles, type DeleteFilesData, type DeleteFilesRequest, type DeleteFilesResponse } from './generated';
             import { client } from './generated/client.gen';

             type Body = DeleteFilesRequest;
             type Answer = DeleteFilesResponse;
             type Headers = DeleteFilesData['headers'];
             {{Facts}}
             client.setConfig({ baseUrl: '{{_emulator.BaseAddress}}', auth: '{{_emulator.AccessToken}}' });
             deleteFiles({ headers: { Platform: 'open_platform' }, body: { fileIDs: [14705301, 14705306] }, throwOnError: true })
                 .then(({ data }) => console.log(data.code, data.message, data['x-traceID']));
             """);

        AssertDeleted(output);
    }

    private static async Task<string> RunTypeScriptAsync(TemporaryFolder folder, string program)
    {
        await folder.WriteAsync("program.ts", program);
        var project = await folder.WriteAsync("tsconfig.json", TypeScriptProject);
        Succeeded(await NodeTools.RunAsync("typescript/bin/tsc", "--project", project));
        return Succeeded(await NodeTools.RunFileAsync(folder.PathOf("program.js")));
    }

    private static async Task RequireAsync(params string[] arguments)
    {
        if (await DotNetAsync(arguments) is (not 0, var output))
        {
            Tool.Skip($"This needs Kiota and its packages. dotnet {string.Join(' ', arguments)}: {output}");
        }
    }

    private static Task<(int ExitCode, string Output)> DotNetAsync(params string[] arguments) => Tool.RunAsync(new ProcessStartInfo("dotnet", arguments)
    {
        WorkingDirectory = Repository.Root,
        Environment = { ["KIOTA_OFFLINE_ENABLED"] = "true", ["KIOTA_CLI_TELEMETRY_OPTOUT"] = "true" },
    });

    private static string Succeeded((int ExitCode, string Output) result)
    {
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        return result.Output;
    }

    private void AssertDeleted(string output) => Assert.Multiple(() =>
    {
        Assert.That(output, Does.Match("^0 ok [0-9a-f-]+_emulator-1\\s*$"));
        Assert.That(_emulator.Drive.Count(FileState.Deleted), Is.EqualTo(2));

        var request = _emulator.Requests.Single();
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        Assert.That((request.Method, request.PathAndQuery, request.BodyText), Is.EqualTo(("POST", Pan123Emulator.DeleteFilesPath, DocumentedFacts.ExampleRequest)));
        Assert.That((headers["Authorization"], headers["Platform"]), Is.EqualTo(($"Bearer {_emulator.AccessToken}", "open_platform")));
    });
}
