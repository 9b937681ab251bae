using System.Text.Json;

namespace Pan123.Cli.Tests;

/// <summary>Wrong command lines: each ends with exit code 2 and one sentence on standard error, and nothing is sent.</summary>
public sealed class UsageTests : CommandLineFixture
{
    // Of an ID, that nothing was sent stands on a line of its own.
    private const string OneSentence = @"\A\S[^\n]*[.?]\n(\S[^\n]*\.\n)?\z";

    /// <summary>What is said of each, <c>Messages.approved.txt</c> has.</summary>
    internal static IReadOnlyList<string> CommandLines { get; } =
    [
        "nonsense",
        "tokn",
        "dele 1",
        "restore 3",
        "--nope",
        "-- delete 1",
        "token x",
        "token --forgt",
        "token --forget --forget",
        "token --forget=no",
        "delete",
        "delete --confirm --no-confirm 1",
        "delete --yes abc",
        "delete --yes \u001B[2J\u202E7",
        "delete --yes 0",
        "delete --yes -5",
        "delete --yes -- -5",
        "delete --yes 1.0",
        "delete --yes 9223372036854775808",
        "delete --yes @ids.txt",
        "delete --yes 1 --frce 3",
        "delete --yes --cuncurrency 3 1",
        "delete --yes --conc 3 1",
        "delete -x 1",
        "delete --yes 1 --yes",
        "delete -y --yes 1",
        "delete --yes=false 1",
        "delete -n:maybe 1",
        "delete --journal a --journal b 1",
        "delete --yes --from",
        "delete --yes --from a --from",
        "delete --yes --concurrency",
        "delete --yes --concurrency 0 1",
        "delete --yes --concurrency x 1",
        "delete --yes --concurrency 2147483648 1",
        "delete --yes --requests-per-second -1 1",
        "delete --yes --requests-per-second 0.5 1",
        "delete --yes --requests-per-second 1.0 1",
        "delete --yes --concurrency 92 --requests-per-second 2 1",
        "delete --no-lookup=yes 1",
        "delete --no-lookup --no-lookup --yes 1",
        "delete --no-lokup --yes 1",
        "delete --yes --max-delete 0 1",
        "delete --yes --max-delete 1 1 2",
        "delete --yes --emulator --journal run.log 1",
        "delete --emulator --base-address https://example.com 3",
        "delete --yes --base-address http://example.com 3",
        "delete --yes --base-address example.com 3",
        "delete --yes --base-address http:// 3",
        "delete --emulator --profile alice 3",
        "delete --yes --profile alice 1",
        "delete --yes --profile Alice 1",
        "delete --yes --profile",
        "delete --yes --profile a --profile b 1",
        "list x",
        "list -1",
        "list 1 2",
        "list --recursiv",
        "list --name",
        "list --larger-than 10XB",
        "list --larger-than -1",
        "list --larger-than 9223372036854775808",
        "list --older-than 30",
        "list --older-than 1e9d",
        "list --older-than d",
        "list --base-address http://example.com",
        "trash",
        "trash abc",
        "trash --json=yes 1",
        "trash --to 1 2",
        "recover",
        "recover --to x 1",
        "recover --to -1 1",
        "recover --to",
        "recover 1 --two 3",
        "empty",
        "empty 1",
        "empty --yes --max-delete 0",
        "empty --yes --isolate",
        "login alice",
        "login --secret",
        "login --profile ../alice",
        "login --profile con",
        "logout --proflie alice",
        "logout --profile alice",
        "profile",
        "profiles --all",
        "profiles alice",
        "emulator --port 65536",
        "emulator --port abc",
        "emulator --files -1",
        "emulator --files 1e3",
        "emulator --files 1,000",
        "emulator --fault-probability 1.5",
        "emulator --fault-probability 0,5",
        "emulator --fault-probability NaN",
        "emulator --requests-per-second 0",
        "emulator --assumed-stale-id-behavior 1",
        "emulator --fault nonsense",
        "emulator --fault html:0",
        "emulator --fault http-200",
        "emulator --fault code-0",
        "emulator --ids a --ids b",
        "emulator --documented-limits=no",
        "emulator x",
    ];

    [TestCaseSource(nameof(CommandLines))]
    public async Task It_is_named_in_a_sentence_and_nothing_is_sent(string arguments)
    {
        var exitCode = await RunAsync(arguments);

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Does.Match(OneSentence).And.Not.Contain("   at ").And.Not.Contain("Exception"));
            Assert.That((Results.Output, Emulator.Requests.Count), Is.EqualTo(("", 0)));
        });
    }

    [Test]
    public async Task Without_arguments_it_shows_the_help()
    {
        var exitCode = await RunAsync("");

        Assert.That((exitCode, Results.Output), Is.EqualTo((2, "")));
        Assert.That(Messages.Output, Does.Contain("delete <id>"));
    }

    [Test]
    public async Task A_file_that_is_not_there_is_named()
    {
        var exitCode = await RunAsync("delete --yes --from nowhere.txt");

        Assert.That((exitCode, Messages.Output.Contains("'nowhere.txt'", StringComparison.Ordinal)), Is.EqualTo((2, true)), Messages.Output);
    }

    [TestCase("delete --json --concurrency x 1")]
    [TestCase("delete --json 1")]
    [TestCase("delete --json --yes --frm 1")]
    [TestCase("list --ids --json")]
    public async Task For_a_program_it_is_an_object_too(string arguments)
    {
        var exitCode = await RunAsync(arguments);

        var error = JsonDocument.Parse(Results.Output).RootElement.GetProperty("error");
        Assert.That(
            (exitCode, $"{error.GetProperty("message").GetString()}\n", error.GetProperty("exitCode").GetInt32()),
            Is.EqualTo((2, Messages.Output, 2)));
        Assert.That(Messages.Output, Does.Match(OneSentence));
    }

    [TestCase("pan123 delete --conc", "--concurrency")]
    [TestCase("pan123 emu", "emulator")]
    [TestCase("pan123 emulator --assumed-stale-id-behavior Delete", "DeleteTheOthers")]
    public async Task A_shell_is_told_how_a_word_may_go_on(string line, string completion)
    {
        var exitCode = await RunAsync([$"[suggest:{line.Length}]", line]);

        Assert.That((exitCode, Results.Lines.Contains(completion)), Is.EqualTo((0, true)), Results.Output);
    }
}
