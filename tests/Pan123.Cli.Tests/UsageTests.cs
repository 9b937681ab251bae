using System.Text.Json;

namespace Pan123.Cli.Tests;

/// <summary>Wrong command lines: each ends with exit code 2 and one sentence on standard error, and nothing is sent.</summary>
public sealed class UsageTests : CommandLineFixture
{
    private const string NotAnId = "is not a file ID: a whole number from 1 to 9223372036854775807.";

    [TestCase("nonsense", "'nonsense' is not a command of pan123.")]
    [TestCase("tokn", "'tokn' is not a command of pan123. Did you mean token?")]
    [TestCase("dele 1", "'dele' is not a command of pan123. Did you mean delete?")]
    [TestCase("recover 3", "'recover' is not a command of pan123.")]
    [TestCase("--nope", "'--nope' is not an option of pan123.")]
    [TestCase("-- delete 1", "'delete' is not a command of pan123.")]
    [TestCase("token x", "'x' is too much: token takes only options.")]
    [TestCase("token --forgt", "'--forgt' is not an option of token. Did you mean --forget?")]
    [TestCase("token --forget --forget", "--forget is given 2 times: give it once.")]
    [TestCase("token --forget=no", "--forget takes no value: '--forget=no'.")]
    [TestCase("delete", "There is no file ID: give some as arguments, or a file with --from. Nothing was sent.")]
    [TestCase("delete --yes abc", $"'abc' {NotAnId}\nNothing was sent.")]
    [TestCase("delete --yes \u001B[2J\u202E7", $"' [2J 7' {NotAnId}\nNothing was sent.")]
    [TestCase("delete --yes 0", $"'0' {NotAnId}\nNothing was sent.")]
    [TestCase("delete --yes -5", $"'-5' {NotAnId}\nNothing was sent.")]
    [TestCase("delete --yes -- -5", $"'-5' {NotAnId}\nNothing was sent.")]
    [TestCase("delete --yes 1.0", $"'1.0' {NotAnId}\nNothing was sent.")]
    [TestCase("delete --yes 9223372036854775808", $"'9223372036854775808' {NotAnId}\nNothing was sent.")]
    [TestCase("delete --yes @ids.txt", $"'@ids.txt' {NotAnId} A file with IDs is given by --from FILE.\nNothing was sent.")]
    [TestCase("delete --yes 1 --frce 3", "'--frce' is not an option of delete. Did you mean --from?")]
    [TestCase("delete --yes --cuncurrency 3 1", "'--cuncurrency' is not an option of delete. Did you mean --concurrency?")]
    [TestCase("delete --yes --conc 3 1", "'--conc' is not an option of delete. Did you mean --concurrency?")]
    [TestCase("delete -x 1", "'-x' is not an option of delete.")]
    [TestCase("delete --yes 1 --yes", "--yes is given 2 times: give it once.")]
    [TestCase("delete -y --yes 1", "--yes is given 2 times: give it once.")]
    [TestCase("delete --yes=false 1", "--yes takes no value: '--yes=false'.")]
    [TestCase("delete -n:maybe 1", "-n takes no value: '-n:maybe'.")]
    [TestCase("delete --journal a --journal b 1", "--journal is given 2 times: give it once.")]
    [TestCase("delete --yes --from", "--from is given without a value.")]
    [TestCase("delete --yes --from a --from", "--from is given without a value.")]
    [TestCase("delete --yes --concurrency", "Required argument missing for option: '--concurrency'.")]
    [TestCase("delete --yes --concurrency 0 1", "--concurrency is '0': give a whole number from 1 to 2147483647.")]
    [TestCase("delete --yes --concurrency x 1", "--concurrency is 'x': give a whole number from 1 to 2147483647.")]
    [TestCase("delete --yes --concurrency 2147483648 1", "--concurrency is '2147483648': give a whole number from 1 to 2147483647.")]
    [TestCase("delete --yes --requests-per-second -1 1", "--requests-per-second is '-1': give a whole number from 1 to 2147483647.")]
    [TestCase("delete --yes --requests-per-second 0.5 1", "--requests-per-second is '0.5': give a whole number from 1 to 2147483647.")]
    [TestCase("delete --yes --requests-per-second 1.0 1", "--requests-per-second is '1.0': give a whole number from 1 to 2147483647.")]
    [TestCase("delete --yes --concurrency 92 --requests-per-second 2 1", "--concurrency 92 is too much for --requests-per-second 2: a request would wait too long for its turn. Give at most 45 times as many.")]
    [TestCase("delete --yes --max-delete 0 1", "--max-delete is '0': give a whole number from 1 to 2147483647.")]
    [TestCase("delete --yes --max-delete 1 1 2", "There are 2 files to delete, and --max-delete allows 1. Nothing was sent.")]
    [TestCase("delete --yes --emulator --journal run.log 1", "--emulator and --journal exclude each other: what this emulator holds ends with the process. Start one with 'pan123 emulator'.")]
    [TestCase("delete --emulator --base-address https://example.com 3", "--emulator and --base-address exclude each other: the emulator has an address of its own.")]
    [TestCase("delete --yes --base-address http://example.com 3", "The option BaseAddress is 'http://example.com/': plain http would show the access token to the network, so use https. Plain http is for the loopback only (127.0.0.1, [::1], localhost).")]
    [TestCase("delete --yes --base-address example.com 3", "The option BaseAddress is 'example.com': give an absolute https address, such as https://open-api.123pan.com.")]
    [TestCase("delete --yes --base-address http:// 3", "The option BaseAddress is 'http%3A%2F%2F': give an absolute https address, such as https://open-api.123pan.com.")]
    [TestCase("emulator --port 65536", "--port is '65536': give a whole number from 0 to 65535.")]
    [TestCase("emulator --port abc", "--port is 'abc': give a whole number from 0 to 65535.")]
    [TestCase("emulator --files -1", "--files is '-1': give a whole number from 0 to 10000000.")]
    [TestCase("emulator --files 1e3", "--files is '1e3': give a whole number from 0 to 10000000.")]
    [TestCase("emulator --files 1,000", "--files is '1,000': give a whole number from 0 to 10000000.")]
    [TestCase("emulator --fault-probability 1.5", "--fault-probability is '1.5': give a number from 0 to 1.")]
    [TestCase("emulator --fault-probability 0,5", "--fault-probability is '0,5': give a number from 0 to 1.")]
    [TestCase("emulator --fault-probability NaN", "--fault-probability is 'NaN': give a number from 0 to 1.")]
    [TestCase("emulator --requests-per-second 0", "--requests-per-second is '0': give a whole number from 1 to 2147483647.")]
    [TestCase("emulator --assumed-stale-id-behavior 1", "--assumed-stale-id-behavior is '1': give RejectRequest, DeleteTheOthers or DeleteTheOthersAndReject.")]
    [TestCase("emulator --fault nonsense", "'nonsense' is not a fault: give code-N, http-N, html, truncated, empty, oversized, stalled, stalled-body, reset, reset-in-body, each also with -after-processing, and perhaps how many times, such as http-503:2.")]
    [TestCase("emulator --fault html:0", null)]
    [TestCase("emulator --fault http-200", null)]
    [TestCase("emulator --fault code-0", null)]
    [TestCase("emulator x", "'x' is too much: emulator takes only options.")]
    public async Task It_is_named_in_a_sentence_and_nothing_is_sent(string arguments, string? sentence)
    {
        var exitCode = await RunAsync(arguments);

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, sentence is null ? Does.Contain("is not a fault").And.Not.Contain("   at ") : Is.EqualTo($"{sentence}\n"));
            Assert.That((Results.Output, Emulator.Requests.Count), Is.EqualTo(("", 0)));
        });
    }

    [Test]
    public async Task Without_arguments_it_shows_the_help()
    {
        var exitCode = await RunAsync("");

        Assert.That((exitCode, Results.Output), Is.EqualTo((2, "")));
        Assert.That(Messages.Output, Does.StartWith("Required command was not provided.").And.Contain("delete <id>"));
    }

    [Test]
    public async Task A_file_that_is_not_there_is_named()
    {
        await RunAsync("delete --yes --from nowhere.txt");

        Assert.That(Messages.Output, Does.StartWith("The file IDs in 'nowhere.txt' cannot be read: Could not find file"));
    }

    [TestCase("delete --json --concurrency x 1", "--concurrency is 'x': give a whole number from 1 to 2147483647.")]
    [TestCase("delete --json 1", "Deletion is permanent, and there is no terminal to ask on: add --yes to delete without asking.")]
    [TestCase("delete --json --yes --frm 1", "'--frm' is not an option of delete. Did you mean --from?")]
    public async Task For_a_program_it_is_an_object_too(string arguments, string message)
    {
        var exitCode = await RunAsync(arguments);

        var error = JsonDocument.Parse(Results.Output).RootElement.GetProperty("error");
        Assert.That((exitCode, error.GetProperty("message").GetString(), error.GetProperty("exitCode").GetInt32()), Is.EqualTo((2, message, 2)));
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
