using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary>What an emulator of the command line is filled with.</summary>
public sealed class EmulatorFilesTests : CommandLineFixture
{
    /// <summary>Two folders and two files, of which one file is in the recycle bin.</summary>
    internal const string Tree =
        """
        [
          {"name": "Photos", "children": [
            {"name": "a.jpg", "id": 14705301, "size": 1000, "trashed": true},
            {"name": "empty", "children": []}, // a comment
          ]},
          {"name": "b.zip", "size": 2000, "createdAt": "2025-02-24T17:57:01+08:00"},
        ]
        """;

    /// <summary>What is said of each, <c>Messages.approved.txt</c> has.</summary>
    internal static IReadOnlyList<string> WrongTrees { get; } =
    [
        "",
        "[\n  {\"name\": \"a\",\n",
        "{}",
        """[{"name": "a", "name": "b"}]""",
        """[{"name": "a", "children": [{"name": "b", "size": -1}]}]""",
        """[{"name": "a", "colour": "red"}]""",
        """[{"name": "a", "id": 7}, {"name": "b", "id": 7}]""",
    ];

    [TestCase("--ids {ids}", "1, 2", "OK", "", 0, 0)]
    [TestCase("--ids - --files 3", "1, 3, 14705301", "OK", "14705301", 0, 0)]
    [TestCase("--tree {tree}", "14705301", "OK", "", 2, 1)]
    [TestCase("--tree {tree}", "1", "5066", "", 2, 1)]
    [TestCase("--tree {tree} --files 1", "1, 14705301", "OK", "", 2, 1)]
    public async Task The_files_are_those_given(string options, string deleted, string response, string input, int folders, int active)
    {
        Input = input;
        var run = RunAsync($"emulator {options.Replace("{ids}", Write("ids.txt", "1\n2"), StringComparison.Ordinal).Replace("{tree}", Write("tree.json", Tree), StringComparison.Ordinal)}");

        var received = await EmulatorCommandTests.SendAsync(this, deleted);
        Interruption.Interrupt();
        await run;

        Assert.That(received, Is.EqualTo(response));
        Assert.That(Messages.Lines[0], folders == 0 ? Does.Not.Contain("folder") : Does.StartWith($"{folders} folders and {active + (options.Contains("--files", StringComparison.Ordinal) ? 2 : 1)} file"));
    }

    [TestCaseSource(nameof(WrongTrees))]
    public async Task A_tree_that_is_none_is_named_and_nothing_is_started(string tree)
    {
        var path = Write("tree.json", tree);

        var exitCode = await RunAsync($"emulator --tree {path}");

        Assert.That((exitCode, Results.Output), Is.EqualTo((2, "")));
        Assert.That(Messages.Output, Does.StartWith($"{path}, ").And.EndsWith("Nothing was started.\n"));
    }

    [TestCase("--ids")]
    [TestCase("--tree")]
    public async Task A_file_that_is_not_there_is_named(string option)
    {
        var exitCode = await RunAsync($"emulator {option} nowhere.txt");

        Assert.That((exitCode, Results.Output), Is.EqualTo((2, "")));
        Assert.That(Messages.Output, Does.Contain("'nowhere.txt'"));
    }

    [Test]
    public async Task A_bad_line_is_named_with_its_number_and_nothing_is_started()
    {
        var path = Write("ids.txt", "1\nx\n");

        var exitCode = await RunAsync($"emulator --ids {path}");

        Assert.That((exitCode, Results.Output), Is.EqualTo((2, "")));
        Assert.That(Messages.Lines[0], Does.StartWith($"{path}, line 2: 'x' "));
    }

    [Test]
    public async Task Ctrl_C_while_a_file_is_read_starts_nothing()
    {
        Interruption.Interrupt();

        Assert.That((await RunAsync($"emulator --tree {Write("tree.json", Tree)}"), Results.Output), Is.EqualTo((2, "")));
    }

    [Test]
    public async Task Documented_limits_are_those_of_the_emulator()
    {
        var run = RunAsync("emulator --documented-limits --requests-per-second 3");
        await EmulatorCommandTests.SendAsync(this, "1");
        Interruption.Interrupt();
        await run;

        foreach (var (path, limit) in Pan123EmulatorOptions.DocumentedRequestsPerSecond)
        {
            Assert.That(Messages.Lines, Has.Some.Matches($@"{path} +{limit} requests per second\z"));
        }

        Assert.That(Messages.Lines, Has.Exactly(2).Matches(@"/recover\S* +3 requests per second\z"));
    }
}
