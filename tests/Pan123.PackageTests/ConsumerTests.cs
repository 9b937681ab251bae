using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pan123.Emulator;

namespace Pan123.PackageTests;

/// <summary>Each kind of program that the packages are for, from the pages' own words, built with warnings as errors and run against the emulator.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class ConsumerTests : IAsyncDisposable
{
    // Programs for older frameworks run on the runtime that is there.
    private static readonly (string, string) AnyRuntime = ("DOTNET_ROLL_FORWARD", "Major");
    private const string Exe = "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>";

    private static readonly Page Library = new(Page.Library);
    private static readonly string Simplest = Library.SnippetWith("Deleted permanently");
    private static readonly long[] FileIds = [14705301, 14705306];

    private readonly Consumer _consumer = new();
    private Pan123Emulator _emulator = null!;

    // For a program whose snippet deletes at the real service.
    private string ToTheEmulator(string snippet) => snippet.Replace(
        "new Pan123ClientOptions {", $"new Pan123ClientOptions {{ BaseAddress = new Uri(\"{_emulator.BaseAddress}\"),", StringComparison.Ordinal);

    // Where there is no environment, and for what else a call can do.
    private static string WithCredentials(string snippet) => snippet.Replace(
        "AccessToken = Environment.GetEnvironmentVariable(\"PAN123_ACCESS_TOKEN\")",
        $"ClientId = \"{Pan123EmulatorOptions.DefaultClientId}\", ClientSecret = \"{Pan123EmulatorOptions.DefaultClientSecret}\"",
        StringComparison.Ordinal);

    private (string, string) Token => ("PAN123_ACCESS_TOKEN", _emulator.AccessToken);

    private long Deleted => _emulator.Drive.Count(FileState.Deleted);

    // .NET 8 and 9 are out of support, which this package does not make worse.
    private static string For(string framework) => $"<TargetFramework>{framework}</TargetFramework><CheckEolTargetFramework>false</CheckEolTargetFramework>";

    [SetUp]
    public async Task StartEmulatorAsync()
    {
        _emulator = await Pan123Emulator.StartAsync();
        _emulator.Drive.AddToRecycleBin(FileIds);
    }

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        _consumer.Dispose();
    }

    [TestCase("net10.0")]
    [TestCase("net9.0")]
    [TestCase("net8.0")]
    public async Task A_console_program(string framework)
    {
        await _consumer.AddProjectAsync("Shell", $"<OutputType>Exe</OutputType>{For(framework)}", [Packages.Library], [("Program.cs", ToTheEmulator(Simplest))]);

        await _consumer.BuildAsync("Shell");
        var output = await _consumer.RunAsync("dotnet", [$"Shell/bin/Debug/{framework}/Shell.dll"], Token, AnyRuntime);

        Assert.That(output, Does.Match("^Deleted permanently. Trace ID: [0-9a-f-]+_emulator-1$"));
        Assert.That(Deleted, Is.EqualTo(2));
    }

    [Test]
    public async Task A_program_in_FSharp()
    {
        await _consumer.AddProjectAsync(
            "Shell",
            Exe,
            [Packages.Library],
            [
                ("Program.fs",
                    $$"""
                     open System
                     open Pan123

                     let delete () =
                         task {
                             let options = Pan123ClientOptions(BaseAddress = Uri "{{_emulator.BaseAddress}}", AccessToken = Environment.GetEnvironmentVariable "PAN123_ACCESS_TOKEN")
                             use pan = Pan123Client.Create options
                             let! response = pan.DeleteFilesAsync [ 14705301L; 14705306L ]
                             printfn "Deleted permanently. Trace ID: %s" response.TraceId
                         }

                     delete().Wait()
                     """),
            ]);

        await _consumer.BuildAsync("Shell");
        var output = await _consumer.RunAsync("dotnet", ["Shell/bin/Debug/net10.0/Shell.dll"], Token);

        Assert.That(output, Does.StartWith("Deleted permanently."));
        Assert.That(Deleted, Is.EqualTo(2));
    }

    [Test]
    public async Task A_program_in_a_file_of_its_own()
    {
        await _consumer.AddFilesAsync("App", ("delete.cs", $"#:package {Packages.Library}@{Packages.Version}\n{ToTheEmulator(Simplest)}"));

        var output = await _consumer.RunAsync("dotnet", ["run", "App/delete.cs"], Token);

        Assert.That(output, Does.StartWith("Deleted permanently."));
        Assert.That(Deleted, Is.EqualTo(2));
    }

    // With the lowest versions of others' packages that a program can have.
    [TestCase("net10.0", "10.0.0")]
    [TestCase("net9.0", "9.0.10")]
    [TestCase("net8.0", "8.0.1")]
    public async Task A_worker_with_dependency_injection_and_configuration(string framework, string extensions)
    {
        await _consumer.AddProjectAsync(
            "Worker",
            For(framework),
            [Packages.Library, $"Microsoft.Extensions.Hosting/{extensions}", "Newtonsoft.Json/13.0.1"],
            [
                ("Program.cs", Library.SnippetWith("AddHostedService")),
                ("appsettings.json", $$"""{ "Pan123": { "BaseAddress": "{{_emulator.BaseAddress}}", "AccessToken": "{{_emulator.AccessToken}}", "RequestsPerSecond": 1 } }"""),
            ],
            sdk: "Microsoft.NET.Sdk.Worker");

        await _consumer.BuildAsync("Worker");
        var output = await _consumer.RunAsync("dotnet", [$"Worker/bin/Debug/{framework}/Worker.dll", "--contentRoot", _consumer.PathOf("Worker")], AnyRuntime);

        Assert.That(output, Does.Contain("2 files deleted"), "The client logs to the host's log.");
        Assert.That(Deleted, Is.EqualTo(2));

        var items = JsonDocument.Parse(await _consumer.DotNetAsync("Worker", ["msbuild", "-getItem:JsonSchemaSegment"]));
        var schema = items.RootElement.GetProperty("Items").GetProperty("JsonSchemaSegment")[0];
        Assert.That(Regex.IsMatch("appsettings.Development.json", schema.GetProperty("FilePathPattern").GetString()!), "The schema is for the settings.");
        Assert.That(await File.ReadAllTextAsync(schema.GetProperty("FullPath").GetString()!), Does.Contain("CircuitBreakerBreakDuration"));
    }

    [Test]
    public async Task A_test_with_the_emulator()
    {
        await _consumer.AddProjectAsync("Shell", Exe, [Packages.Library, Packages.Emulator], [("Program.cs", new Page(Page.Emulator).Snippets.Single())]);

        await _consumer.BuildAsync("Shell");

        Assert.That(await _consumer.RunAsync("dotnet", ["Shell/bin/Debug/net10.0/Shell.dll"]), Is.EqualTo($"2 files deleted by 2 requests.{Environment.NewLine}"));
    }

    [Test]
    public async Task A_library_for_NET_Standard_in_a_program_for_NET_Framework()
    {
        await AddNetFrameworkAsync();
        Assert.That(await _consumer.BuildAsync("Shop"), Does.Not.Contain("SuppressTfmSupportBuildWarnings"), "A warning without a number is not an error.");

        const string Program = "Shop/bin/Debug/net48/Shop.exe";
        string output;
        try
        {
            output = OperatingSystem.IsWindows() ? await _consumer.RunAsync(_consumer.PathOf(Program), [], Token) : await _consumer.RunAsync("mono", [Program], Token);
        }
        catch (Win32Exception)
        {
            Tool.Skip("It was built. To run it needs Mono.");
            return;
        }

        Assert.That((output.Trim(), Deleted), Is.EqualTo(("deleted, 2 files", 2)));
    }

    [Test]
    public async Task A_program_in_native_code()
    {
        if (!OperatingSystem.IsWindows() && !Array.Exists(["clang", "gcc"], IsInstalled))
        {
            Tool.Skip("This needs a linker: clang or gcc, and the headers of zlib.");
        }

        // With the first version of Newtonsoft.Json that says what of it is not made for it. IL2104 and IL3053: warnings on Newtonsoft.Json as a whole, as the README says. Whatever there may be on ours is an error.
        await _consumer.AddProjectAsync(
            "Native",
            $"{Exe}<PublishAot>true</PublishAot><WarningsNotAsErrors>$(WarningsNotAsErrors);IL2104;IL3053</WarningsNotAsErrors>",
            [Packages.Library, "Newtonsoft.Json/13.0.4"],
            [("Program.cs", ToTheEmulator(WithCredentials(Simplest)))]);

        await _consumer.DotNetAsync("Native", ["publish", "--use-current-runtime", "--output", _consumer.PathOf("published"), "-tl:off"]);
        var output = await _consumer.RunAsync(_consumer.PathOf("published/Native"), []);

        Assert.That(output, Does.StartWith("Deleted permanently."));
        Assert.That(Deleted, Is.EqualTo(2));
    }

    // The second gets the build for .NET Standard, and is trimmed as Blazor's programs are: only what is marked for it, without analysis.
    // IL2008 and IL2040: warnings on Microsoft.Bcl.TimeProvider, whose list of what to trim names what it does not have.
    [TestCase("net10.0", "IL2104", "")]
    [TestCase("net8.0", "IL2008;IL2040", "<TrimMode>partial</TrimMode><SuppressTrimAnalysisWarnings>true</SuppressTrimAnalysisWarnings>")]
    public async Task A_program_in_a_browser(string framework, string warnings, string properties)
    {
        // An address may be relative to that of the page, as the runtime has it when it looks what the browser can do. Node has no page.
        const string Page =
            """
            import { dotnet } from './_framework/dotnet.js';

            globalThis.Request = class extends Request {
                constructor(address, options) { super(new URL(address, 'http://localhost/'), options); }
            };
            await dotnet.run();
            """;
        if (!IsInstalled("node"))
        {
            Tool.Skip("This needs Node.js.");
        }

        await _consumer.AddProjectAsync(
            "Page",
            $"{For(framework)}<WarningsNotAsErrors>$(WarningsNotAsErrors);{warnings}</WarningsNotAsErrors><CompressionEnabled>false</CompressionEnabled>{properties}",
            [Packages.Library, "Newtonsoft.Json/13.0.4"],
            [("Program.cs", ToTheEmulator(WithCredentials(Simplest))), ("wwwroot/main.mjs", Page)],
            sdk: "Microsoft.NET.Sdk.WebAssembly");

        await _consumer.DotNetAsync("Page", ["publish", "--output", _consumer.PathOf("published"), "-tl:off"]);
        var output = await _consumer.RunAsync("node", ["published/wwwroot/main.mjs"]);

        Assert.That(output, Does.StartWith("Deleted permanently."));
        Assert.That(Deleted, Is.EqualTo(2));
    }

    [Test]
    public async Task The_command_line()
    {
        string[] install = ["tool", "install", Packages.CommandLine, "--version", Packages.Version, "--tool-path", _consumer.PathOf("tools"), "--add-source", Packages.Folder];
        await Packages.RunAsync(_consumer.PathOf(""), install, ("NUGET_PACKAGES", _consumer.PathOf("cache")));

        var pan123 = _consumer.PathOf("tools/pan123");
        var version = await _consumer.RunAsync(pan123, ["--version"]);
        var output = await _consumer.RunAsync(pan123, ["delete", "--yes", .. FileIds.Select(fileId => fileId.ToString(CultureInfo.InvariantCulture))], Token, ("PAN123_BASE_ADDRESS", $"{_emulator.BaseAddress}"));

        Assert.That((version.Split('+')[0].Trim(), Deleted), Is.EqualTo((Packages.Version, 2)), output);
    }

    private static bool IsInstalled(string program) =>
        Array.Exists((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), folder => File.Exists(Path.Combine(folder, program)));

    private async Task AddNetFrameworkAsync()
    {
        // What the library shares with many others: its own log messages, by the generator that comes with the framework's packages.
        await _consumer.AddProjectAsync(
            "Deleting",
            "<TargetFramework>netstandard2.0</TargetFramework>",
            [Packages.Library],
            [
                ("Deleting.cs", Library.SnippetWith("catch (Pan123ApiException")
                    .Replace("using Pan123;", "using Microsoft.Extensions.Logging;\nusing Pan123;\n\nnamespace Deleting;\n\npublic static partial class Files\n{", StringComparison.Ordinal)
                    .Replace("static async Task<string>", "[LoggerMessage(1, LogLevel.Information, \"{Count} files\")]\npublic static partial void Log(this ILogger logger, int count);\n\npublic static async Task<string>", StringComparison.Ordinal)
                    + "}\n"),
            ]);
        await _consumer.AddProjectAsync(
            "Shop",
            "<OutputType>Exe</OutputType><TargetFramework>net48</TargetFramework>",
            ["../Deleting/Deleting.csproj"],
            [
                ("Program.cs", ToTheEmulator(Simplest)
                    .Replace("var response = await pan.DeleteFilesAsync([14705301, 14705306]);", "var outcome = await Deleting.Files.DeleteAsync(pan, [14705301, 14705306]);", StringComparison.Ordinal)
                    .Replace("$\"Deleted permanently. Trace ID: {response.TraceId}\"", "$\"{outcome}, 2 files\"", StringComparison.Ordinal)),
            ]);
    }
}
