using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using Pan123.Emulator;
using Pan123.Tests;
using RedisRateLimiting;
using StackExchange.Redis;

namespace Pan123.PackageTests;

/// <summary>The programs in src/examples, run by the command that is in their second line, against the emulator.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class ExampleTests : IAsyncDisposable
{
    private const string Folder = "src/examples";
    private const string Problem = "application/problem+json";
    private const long First = 14705301;
    private const long Second = 14705306;

    // No program is told to delete this one.
    private const long Other = 14705309;

    // One build at a time: they share the folders of the library.
    private static readonly SemaphoreSlim Building = new(1);

    private readonly TemporaryFolder _folder = new();
    private Pan123Emulator _emulator = null!;

    private (string Name, string Value)[] Account => [("PAN123_ACCESS_TOKEN", _emulator.AccessToken), ("PAN123_BASE_ADDRESS", $"{_emulator.BaseAddress}")];

    [SetUp]
    public async Task StartEmulatorAsync()
    {
        _emulator = await Pan123Emulator.StartAsync();
        _emulator.Drive.AddToRecycleBin(First, Second, Other);
    }

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public void Each_example_is_tested_and_says_how_to_run_it()
    {
        var examples = Directory.GetFiles(Repository.PathOf(Folder), "*.cs").Select(file => Path.GetFileName(file)).ToList();
        var tested = typeof(ExampleTests).GetMethods().SelectMany(test => test.GetCustomAttributes<TestCaseAttribute>()).Select(test => test.Arguments[0]);
        var commands = examples.Select(example => (Example: example, Command: File.ReadLines(Repository.PathOf($"{Folder}/{example}")).ElementAt(1)));

        Assert.That(tested, Is.EquivalentTo(examples));
        Assert.That(commands.Where(each => !each.Command.Contains($"dotnet run {Folder}/{each.Example}", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("console.cs")]
    public async Task A_console_program_prints_the_outcome(string example)
    {
        await BuildAsync(example);

        var deleted = await RunAsync(example, [$"{First}"], Account);
        var rejected = await RunAsync(example, [$"{First}"], Account);
        _emulator.Faults.Enqueue(Fault.ConnectionReset().AfterProcessing());
        var unknown = await RunAsync(example, [$"{Second}"], Account);
        _emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromHours(1)));
        var notSent = await RunAsync(example, [$"{Other}"], Account);

        Assert.That((deleted.ExitCode, rejected.ExitCode, unknown.ExitCode, notSent.ExitCode), Is.EqualTo((0, 1, 1, 1)));
        Assert.That(
            new[] { deleted.Output, rejected.Output, unknown.Output, notSent.Output }.Select(output => output.Split('.', ':')[0]),
            Is.EqualTo(["Deleted permanently", "Rejected by the service", "Unknown", "Not sent"]));
        Assert.That(_emulator.Drive.DeletedFileIds, Is.EqualTo([First, Second]));
    }

    [TestCase("worker.cs")]
    public async Task A_worker_deletes_the_files_of_a_list_and_fails_if_one_is_not_deleted(string example)
    {
        long[] many = [.. Enumerable.Range(1, 150)];
        _emulator.Drive.AddToRecycleBin(many);
        var deletable = await _folder.WriteAsync("deletable.txt", string.Join('\n', [First, .. many]));
        var unknownToTheService = await _folder.WriteAsync("unknown.txt", $"{Second}\n404\n");
        await BuildAsync(example);

        var succeeded = await RunAsync(example, ["--FileIds", deletable], Section("Pan123", _emulator));
        var failed = await RunAsync(example, ["--FileIds", unknownToTheService], Section("Pan123", _emulator));
        var withoutList = await RunAsync(example, ["--FileIds", _folder.PathOf("no such file")], Section("Pan123", _emulator));

        Assert.That(succeeded.ExitCode, Is.Zero, succeeded.Output);
        Assert.That((failed.ExitCode, failed.Output.Contains("Rejected: 404.", StringComparison.Ordinal)), Is.EqualTo((1, true)), failed.Output);
        Assert.That(withoutList.ExitCode, Is.EqualTo(1), withoutList.Output);
        Assert.That(_emulator.Drive.DeletedFileIds, Is.EquivalentTo([First, Second, .. many]));
    }

    [TestCase("aspnetcore.cs")]
    public async Task A_minimal_API_responds_with_a_status_for_each_outcome(string example)
    {
        await BuildAsync(example);
        using var process = Tool.Start(Command(example, [], [("ASPNETCORE_URLS", "http://127.0.0.1:0"), .. Section("Pan123", _emulator)]));
        try
        {
            using var http = new HttpClient { BaseAddress = await ReadAddressAsync(process) };

            var deleted = await PostAsync(http, First);
            var rejected = await PostAsync(http, First);
            _emulator.Faults.Enqueue(Fault.ConnectionReset().AfterProcessing());
            var unknown = await PostAsync(http, Second);
            _emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromHours(1)));
            var notSent = await PostAsync(http, Other);
            var invalid = await PostAsync(http);

            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(deleted.Body, Does.Match("^{\"traceId\":\"[0-9a-f-]+_emulator-1\"}$"));
            Assert.That(
                (rejected.Status, unknown.Status, notSent.Status),
                Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable)));
            Assert.That((rejected.Type, unknown.Type, notSent.Type), Is.EqualTo((Problem, Problem, Problem)));
            Assert.That((invalid.Status, invalid.Type), Is.EqualTo((HttpStatusCode.BadRequest, Problem)));
            Assert.That(_emulator.Drive.DeletedFileIds, Is.EqualTo([First, Second]));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    // It starts an emulator of its own.
    [TestCase("test-with-emulator.cs")]
    public async Task A_test_with_the_emulator_passes(string example)
    {
        await BuildAsync(example);

        var (exitCode, output) = await RunAsync(example, [], []);

        Assert.That((exitCode, output.Contains("succeeded: 1", StringComparison.Ordinal)), Is.EqualTo((0, true)), output);
    }

    [TestCase("two-accounts.cs")]
    public async Task A_program_with_two_accounts_deletes_the_files_of_the_one_that_is_named(string example)
    {
        await using var bob = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { AccessToken = "token-of-bob" });
        bob.Drive.AddToRecycleBin(First, Second, Other);
        (string, string)[] accounts = [.. Section("Pan123__Alice", _emulator), .. Section("Pan123__Bob", bob)];
        await BuildAsync(example);

        var fromAlice = await RunAsync(example, ["alice", $"{First}"], accounts);
        var fromBob = await RunAsync(example, ["bob", $"{First}", $"{Second}"], accounts);

        Assert.That((fromAlice.ExitCode, fromBob.ExitCode), Is.EqualTo((0, 0)), fromAlice.Output + fromBob.Output);
        Assert.That(_emulator.Drive.DeletedFileIds, Is.EqualTo([First]));
        Assert.That(bob.Drive.DeletedFileIds, Is.EqualTo([First, Second]));
    }

    [TestCase("redis-limit.cs")]
    public async Task A_program_with_a_limit_in_Redis_takes_a_permit_from_there_for_each_request(string example)
    {
        var redis = RedisServer.Find();
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis);
        await using var sameLimiter = new RedisSlidingWindowRateLimiter<string>("pan123", new RedisSlidingWindowRateLimiterOptions
        {
            PermitLimit = 10,
            Window = TimeSpan.FromSeconds(1.05),
            ConnectionMultiplexerFactory = () => connection,
        });
        long[] many = [.. Enumerable.Range(1, 150)];
        _emulator.Drive.AddToRecycleBin(many);
        var list = await _folder.WriteAsync("file-ids.txt", string.Join('\n', [First, Second, .. many]));
        await BuildAsync(example);
        var before = sameLimiter.GetStatistics()!.TotalSuccessfulLeases;

        var (exitCode, output) = await RunAsync(example, [redis, list], Account);

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(_emulator.Drive.DeletedFileIds, Is.EquivalentTo([First, Second, .. many]));
        Assert.That(sameLimiter.GetStatistics()!.TotalSuccessfulLeases - before, Is.EqualTo(_emulator.Requests.Count).And.EqualTo(2));
    }

    private static (string Name, string Value)[] Section(string name, Pan123Emulator emulator) =>
        [($"{name}__AccessToken", emulator.AccessToken), ($"{name}__BaseAddress", $"{emulator.BaseAddress}")];

    private static async Task BuildAsync(string example)
    {
        await Building.WaitAsync();
        try
        {
            await Packages.RunAsync(Repository.Root, ["build", $"{Folder}/{example}", "--configuration", Repository.Configuration, "-tl:off"]);
        }
        finally
        {
            Building.Release();
        }
    }

    private static Task<(int ExitCode, string Output)> RunAsync(string example, string[] arguments, (string Name, string Value)[] variables) =>
        Tool.RunAsync(Command(example, arguments, variables));

    private static ProcessStartInfo Command(string example, string[] arguments, (string Name, string Value)[] variables)
    {
        var command = new ProcessStartInfo("dotnet", ["run", "--no-build", "--configuration", Repository.Configuration, $"{Folder}/{example}", .. arguments])
        {
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in variables)
        {
            command.Environment[name] = value;
        }

        return command;
    }

    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        const string Listening = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(Listening, StringComparison.Ordinal))
            {
                return new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
            }
        }

        throw new InvalidOperationException($"The program ended before it listened: {await process.StandardError.ReadToEndAsync()}");
    }

    private static async Task<(HttpStatusCode Status, string? Type, string Body)> PostAsync(HttpClient http, params long[] fileIds)
    {
        using var response = await http.PostAsJsonAsync(new Uri("files/delete", UriKind.Relative), fileIds);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }
}
