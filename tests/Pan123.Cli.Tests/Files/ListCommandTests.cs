using System.Net;
using System.Text.Json;
using Pan123.Emulator;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

public sealed class ListCommandTests : CommandLineFixture
{
    private const string Fast = "--requests-per-second 1000000";
    internal const string Tree =
        """
        [
          {"name": "Photos", "id": 10, "createdAt": "2025-03-02T00:00:00+08:00", "children": [
            {"name": "a.jpg", "id": 11, "size": 1000, "trashed": true, "createdAt": "2025-02-24T17:57:01+08:00"},
            {"name": "old", "id": 12, "trashed": true, "createdAt": "2025-03-02T00:00:00+08:00", "children": [
              {"name": "b.JPG", "id": 13, "size": 1001, "createdAt": "2025-03-01T12:00:00+08:00"},
            ]},
          ]},
          {"name": "照片.zip", "id": 14, "size": 20000000, "createdAt": "2025-03-01T11:59:59+08:00"},
        ]
        """;

    /// <summary>A list with one file whose time is none.</summary>
    internal static Fault WithoutTime { get; } = Fault.Response(
        HttpStatusCode.OK,
        "application/json",
        """{"code":0,"message":"ok","data":{"lastFileId":-1,"fileList":[{"fileId":1,"filename":"a","parentFileId":0,"type":0,"size":1,"etag":"","category":0,"status":0,"trashed":0,"createAt":"2024-02-30 00:00:00"}]},"x-traceID":""}""");

    [SetUp]
    public void AddTree()
    {
        Emulator.Drive.AddTree(Tree);
        Clock = new(new DateTimeOffset(2025, 3, 31, 4, 0, 0, TimeSpan.Zero));
    }

    [Test]
    public async Task A_large_tree_is_listed_whole_with_a_request_a_page()
    {
        await StartAsync();
        var tree = new LargeTree(Emulator.Drive);

        var exitCode = await RunAsync($"list --recursive --trashed --ids {Fast}");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero, Messages.Output);
            Assert.That(Results.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse), Is.EquivalentTo(tree.Trashed));
            Assert.That(Emulator.Requests, Has.Count.InRange(tree.MinRequests, tree.MinRequests * 1.1));
        });
    }

    [TestCase("", "10, 14")]
    [TestCase("10", "11, 12")]
    [TestCase("12 -r", "13")]
    [TestCase("--recursive", "10, 14, 11, 12, 13")]
    [TestCase("--trashed", "")]
    [TestCase("-r --trashed", "11, 12")]
    [TestCase("-r --name *.jpg", "11, 13")]
    [TestCase("-r --name ??.ZIP", "14")]
    [TestCase("-r --name p", "")]
    [TestCase("-r --larger-than 1000", "14, 13")]
    [TestCase("-r --larger-than 20MB", "")]
    [TestCase("-r --larger-than 19.5mb --name *", "14")]
    [TestCase("-r --older-than 30d", "14, 11")]
    [TestCase("-r --older-than 720h --trashed", "11")]
    public async Task It_lists_what_is_asked_for_in_the_order_of_the_folders(string arguments, string expected)
    {
        var exitCode = await RunAsync($"list --ids {arguments}");

        Assert.That((exitCode, string.Join(", ", Results.Lines)), Is.EqualTo((0, expected)), Messages.Output);
    }

    [Test]
    public async Task What_is_in_a_folder_in_the_bin_is_shown_as_the_service_marks_it([Values] bool isMarked)
    {
        await StartAsync(new Pan123EmulatorOptions { AssumedContentIsMarkedAsTrashed = isMarked });
        Emulator.Drive.AddTree(Tree);

        await RunAsync("list --ids -r --trashed");

        Assert.That(string.Join(", ", Results.Lines), Is.EqualTo(isMarked ? "11, 12, 13" : "11, 12"));
    }

    [Test]
    public async Task An_object_a_line_has_the_name_as_it_is_and_nothing_that_a_terminal_obeys()
    {
        const string Ugly = "报告\e[2J\u202Egpj.exe\u0085\"\\ 😀\n";
        var folder = Emulator.Drive.AddFolder("ugly");
        Emulator.Drive.AddFile(Ugly, 7, folder, 99);

        await RunAsync($"list --json {folder}");

        var line = Results.Output.TrimEnd('\n');
        var file = JsonDocument.Parse(line).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(line, Does.StartWith("{\"fileId\":99,\"name\":\"报告\\u001B[2J\\u202Egpj.exe\\u0085").And.Not.Match(@"[\p{Cc}\p{Cf}]"));
            Assert.That(file.GetProperty("name").GetString(), Is.EqualTo(Ugly));
            Assert.That(
                (file.GetProperty("isFolder").GetBoolean(), file.GetProperty("size").GetInt64(), file.GetProperty("folderId").GetInt64(), file.GetProperty("isTrashed").GetBoolean()),
                Is.EqualTo((false, 7, folder, false)));
        });
    }

    [Test]
    public async Task A_table_fits_a_terminal_and_shows_nothing_that_it_obeys()
    {
        var folder = Emulator.Drive.AddFolder("ugly");
        Emulator.Drive.AddFile("[red]\e[2J\u202Egpj.exe", 1024, folder);
        Emulator.Drive.AddFile($"{new string('长', 100)}.tar.gz", long.MaxValue, folder);
        Results.Width(80);

        await RunAsync($"list {folder}");

        Assert.Multiple(() =>
        {
            Assert.That(Results.Lines, Has.Count.EqualTo(3).And.All.Matches<string>(line => line!.GetCellWidth() <= 80));
            Assert.That(Results.Lines[1], Does.EndWith("[red] [2J gpj.exe").And.Contain("1.0 KiB"));
            Assert.That(Results.Lines[2], Does.Match("  长+…长+.tar.gz$").And.Contain(" 8.0 EiB "));
        });
    }

    [Test]
    public async Task A_time_that_cannot_be_read_is_not_older_and_is_counted()
    {
        // The emulator writes only times that can be read.
        Emulator.Faults.Enqueue(WithoutTime);

        var exitCode = await RunAsync("list --ids --older-than 1d");

        Assert.That((exitCode, Results.Output), Is.EqualTo((0, "")));
        Assert.That(Messages.Lines[0], Does.StartWith("1 file ").And.Contain("--older-than"));
    }

    [Test]
    public async Task A_failure_in_the_middle_is_named_and_nobody_takes_the_list_for_complete([Values("", "--ids", "--json")] string format)
    {
        FailAtSecondRequest(Fault.HttpStatus(HttpStatusCode.BadGateway));

        var exitCode = await RunAsync($"list -r {format}");

        Assert.That(exitCode, Is.EqualTo(3));
        Assert.That(Messages.Output, Does.StartWith("Folder 10 ").And.EndWith("is not complete.\n"));
        Assert.That(Results.Lines.Count(line => line.Contains("14", StringComparison.Ordinal)), Is.EqualTo(1), "What was listed before is written.");
        Assert.That(Results.Lines[^1].StartsWith("{\"error\":{\"message\":\"Folder 10 ", StringComparison.Ordinal), Is.EqualTo(format == "--json"));
    }

    [Test]
    public async Task A_folder_that_is_none_is_a_rejection()
    {
        var exitCode = await RunAsync("list 14 --ids");

        Assert.That((exitCode, Results.Output), Is.EqualTo((1, "")));
        Assert.That(Messages.Output, Does.StartWith("Folder 14 "));
    }

    [Test]
    public async Task A_folder_in_the_bin_that_the_service_does_not_list_is_named_and_the_others_are_listed()
    {
        Emulator.Drive.AddToRecycleBin(10);
        FailAtSecondRequest(Fault.BodyCode(5066, "file not found"));

        var exitCode = await RunAsync("list -r --ids");

        Assert.That((exitCode, string.Join(", ", Results.Lines)), Is.EqualTo((1, "10, 14")));
        Assert.That(Messages.Lines[^1], Does.StartWith("Folder 10, "));
    }

    [Test]
    public async Task A_rejected_token_is_no_folder_that_is_not_listed()
    {
        Emulator.Drive.AddToRecycleBin(10);
        FailAtSecondRequest(Fault.BodyCode(401, "token is expired"), times: 2);

        Assert.That(await RunAsync("list -r --ids"), Is.EqualTo(1));
        Assert.That(Messages.Output, Does.EndWith("is not complete.\n"));
    }

    [Test]
    public async Task Ctrl_C_ends_it_at_once_and_the_list_is_not_complete()
    {
        AfterFirstAnswer(Interruption.Interrupt);

        Assert.That((await RunAsync("list -r --ids"), Messages.Output), Is.EqualTo((3, "The listing was cancelled. The list is not complete.\n")));
    }

    private void FailAtSecondRequest(Fault fault, int times = 1) => AfterFirstAnswer(() => Emulator.Faults.Enqueue(fault, times));
}
