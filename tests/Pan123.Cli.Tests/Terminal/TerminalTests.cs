using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary>The program at each kind of terminal, and where there is none: as a process, started by a shell.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
[Platform("Linux,MacOsX", Reason = "These redirect as a POSIX shell does.")]
public sealed partial class TerminalTests : IAsyncDisposable
{
    private const string Question = "[y/n]";
    private const char Escape = '\e';

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]")]
    private static partial Regex ControlSequence { get; }

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pan123-");
    private Pan123Emulator _emulator = null!;

    // FILE is a file of this test: a path is no part of a command, which a shell would run.
    private (string, string)[] Account =>
        [("PAN123_ACCESS_TOKEN", _emulator.AccessToken), ("PAN123_BASE_ADDRESS", _emulator.BaseAddress.AbsoluteUri), ("FILE", FilePath)];

    private long Deleted => _emulator.Drive.Count(FileState.Deleted);

    [SetUp]
    public async Task StartEmulatorAsync()
    {
        _emulator = await Pan123Emulator.StartAsync();
        _emulator.Drive.AddToRecycleBin(Enumerable.Range(1, 1000).Select(id => (long)id));
    }

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task With_its_results_redirected_it_asks_on_the_terminal_and_writes_them_where_they_belong(
        [Values("> \"$FILE\"", "| cat > \"$FILE\"")] string redirection, [Values("", "GITHUB_ACTIONS", "TF_BUILD", "FORCE_COLOR")] string variable)
    {
        var (exitCode, screen) = await OnTerminalAsync($"delete 1 2 {redirection}", Question, "yes\r", (variable.Length == 0 ? "NOTHING" : variable, "true"));

        var results = await File.ReadAllTextAsync(FilePath);
        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Deleted), Is.EqualTo((0, 2)), screen);
            Assert.That(screen, Does.Contain(Question));
            Assert.That(results, Does.Match(@"\A2 [^\n]*\n[^\n]*_emulator-2\n\z").And.Not.Contain(Escape));
        });
    }

    [TestCase("n\r", "xterm")]
    [TestCase("no\r", "dumb")]
    [TestCase("\r", "xterm")]
    [TestCase("maybe\rn\r", "xterm")]
    [TestCase("\u0003", "xterm")]
    public async Task What_is_typed_at_the_question_and_is_not_yes_deletes_nothing(string typed, string terminal)
    {
        if (typed == "\u0003")
        {
            Signals.AssumeHeeded("INT");
        }

        var (exitCode, screen) = await OnTerminalAsync("delete 1 2", Question, typed, ("TERM", terminal));

        Assert.That((exitCode, Deleted, _emulator.Requests.Count(request => !FileLookupTests.IsLookup(request))), Is.EqualTo((2, 0, 0)), screen);
    }

    [Test]
    public async Task The_question_has_names_and_sizes_before_it_and_no_line_is_wider_than_the_terminal()
    {
        _emulator.Drive.AddFile(string.Concat(Enumerable.Repeat("很长的名字", 30)) + ".mp4", size: 518_564_433, fileId: 2001);
        _emulator.Drive.AddToRecycleBin(2001);

        var (exitCode, screen) = await OnTerminalAsync("delete 1 2001", Question, "n\r");

        var lines = screen.Split('\n').Select(line => ControlSequence.Replace(line, "").TrimEnd()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2), screen);
            Assert.That(lines, Has.One.Matches("^  1     file-1\\.bin .* 1\\.0 KiB$").And.One.Matches("^  2001  很长.*….*\\.mp4  494\\.5 MiB$"), screen);
            Assert.That(lines.FindIndex(line => line.Contains("494.5 MiB", StringComparison.Ordinal)), Is.LessThan(lines.FindIndex(line => line.Contains(Question, StringComparison.Ordinal))));
        });
    }

    [Test]
    public async Task What_is_typed_while_files_are_looked_up_answers_no_question()
    {
        _emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromSeconds(2)));

        var (exitCode, screen) = await Shell.RunOnTerminalAsync($"{Shell.Program} delete 1 2", [("Looking", "y\r"), (Question, "n\r")], Account);

        Assert.That((exitCode, Deleted), Is.EqualTo((2, 0)), screen);
    }

    [Test]
    public async Task Ctrl_C_while_files_are_looked_up_deletes_nothing()
    {
        Signals.AssumeHeeded("INT");
        _emulator.Faults.Enqueue(Fault.StalledHeaders());

        var (exitCode, screen) = await OnTerminalAsync("delete 1 2", "Looking", "\u0003");

        Assert.That((exitCode, Deleted, _emulator.Requests.All(FileLookupTests.IsLookup), screen.Contains(Question, StringComparison.Ordinal)), Is.EqualTo((2, 0, true, false)), screen);
    }

    [TestCase("y\r", 0, 1000)]
    [TestCase("\r", 2, 0)]
    [TestCase("\u0003", 2, 0)]
    public async Task To_empty_the_bin_it_walks_first_and_asks_then(string typed, int expected, int deleted)
    {
        if (typed == "\u0003")
        {
            Signals.AssumeHeeded("INT");
        }

        var (exitCode, screen) = await OnTerminalAsync("empty", Question, typed);

        Assert.That((exitCode, Deleted), Is.EqualTo((expected, deleted)), screen);
    }

    [Test]
    public async Task A_list_whose_reader_is_gone_ends_early_and_says_so()
    {
        _emulator.Drive.AddActive(Enumerable.Range(2000, 5000).Select(id => (long)id));

        var (exitCode, output, error) = await Shell.RunAsync($"set -o pipefail; {Shell.Program} list --ids | head -n 1", Account);

        Assert.That((exitCode, output), Is.EqualTo((3, "1\n")), error);
        Assert.That(_emulator.Requests, Has.Count.LessThan(60));
    }

    [Test]
    public async Task With_its_messages_redirected_it_asks_where_its_results_are_shown()
    {
        var (exitCode, screen) = await OnTerminalAsync("delete 1 2 2> \"$FILE\"", Question, "y\r");

        Assert.That((exitCode, Deleted, await File.ReadAllTextAsync(FilePath)), Is.EqualTo((0, 2, "")), screen);
    }

    [Test]
    public async Task A_list_from_a_pipe_cannot_be_asked_for_and_is_not_sent()
    {
        var (exitCode, screen) = await OnTerminalAsync("delete --from - < /dev/null 1", question: "", typed: "");

        Assert.That((exitCode, Deleted), Is.EqualTo((2, 0)), screen);
    }

    [Test]
    public async Task Nothing_that_is_redirected_has_an_escape_code([Values("GITHUB_ACTIONS", "TF_BUILD", "FORCE_COLOR", "CLICOLOR_FORCE")] string variable)
    {
        _emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));

        var (exitCode, output, error) = await Shell.RunAsync($"{Shell.Program} delete --yes 1 2; {Shell.Program} delete --emulator --bad 1", [.. Account, (variable, "true")]);

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(output, Does.StartWith(nameof(DeleteOutcome.Rejected)).And.Not.Contain(Escape));
            Assert.That(error, Does.Contain("--isolate").And.Contain("'--bad'").And.Not.Contain(Escape));
        });
    }

    [Test]
    public async Task Json_is_UTF_8_whatever_the_encoding_of_the_terminal()
    {
        _emulator.Faults.Enqueue(Fault.BodyCode(1, "文件不存在"));
        using var process = Shell.Start(["bash", "-c", $"{Shell.Program} delete --yes --json 1"], [.. Account, ("LC_ALL", "en_US.ISO-8859-1")]);
        process.StandardInput.Close();
        using var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes);

        Assert.That(Encoding.UTF8.GetString(bytes.ToArray()), Does.StartWith("{\"outcome\":\"rejected\"").And.Contain("\"message\":\"文件不存在\""));
    }

    [TestCase("> /dev/full", "No space left on device")]
    [TestCase(">&-", "closed")]
    [TestCase("| true", "closed")]
    [TestCase("2> /dev/full --emulator", "")]
    [TestCase("2>&- --emulator", "")]
    [Platform("Linux", Reason = "Only there is a device that is full.")]
    public async Task An_output_that_cannot_be_written_is_exit_code_3_and_says_why(string redirection, string reason)
    {
        var emulator = redirection.Contains("--emulator", StringComparison.Ordinal);
        var command = $"set -o pipefail; {Shell.Program} delete --yes 1 2 {(emulator ? "--emulator" : "")} {redirection.Replace(" --emulator", "", StringComparison.Ordinal)}";

        var (exitCode, _, error) = await Shell.RunAsync(command, emulator ? [] : Account);

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Deleted), Is.EqualTo((3, emulator ? 0 : 2)), error);
            Assert.That(error, emulator ? Is.Empty : Does.Match($@"\A2 [^\n]*\nStandard output [^\n]*{reason}[^\n]*\n\z"));
        });
    }

    [Test]
    public async Task When_nobody_reads_any_more_what_is_in_flight_is_finished_and_noted_and_nothing_new_is_begun([Values("| head -n 1", "> /dev/full")] string redirection)
    {
        var delete = $"{Shell.Program} delete --yes --json --concurrency 2 --requests-per-second 4 --journal \"$FILE\" {string.Join(' ', Enumerable.Range(1, 1000))}";

        var (exitCode, _, error) = await Shell.RunAsync($"set -o pipefail; {delete} {redirection}", Account);
        var (sent, deleted) = (_emulator.Requests.Count, Deleted);
        var noted = (await File.ReadAllLinesAsync(FilePath)).Count(line => line.Contains("\"deleted\"", StringComparison.Ordinal));
        var (_, output, _) = await Shell.RunAsync(delete.Replace("--requests-per-second 4", "--requests-per-second 100", StringComparison.Ordinal), Account);

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(3), error);
            Assert.That(sent, Is.InRange(1, 6), "Ten requests were to be sent.");
            Assert.That((noted, deleted), Is.EqualTo((sent, sent * 100)), "Each request has its outcome in the journal.");
            Assert.That(output, Does.Contain($"{{\"summary\":{{\"deleted\":1000,\"earlier\":{deleted},"));
        });
    }

    [Test]
    public async Task Closed_standard_input_is_empty()
    {
        var (exitCode, _, error) = await Shell.RunAsync($"timeout 60 {Shell.Program} delete --yes --from - <&-", Account);

        Assert.That((exitCode, error.Contains("--from", StringComparison.Ordinal), _emulator.Requests.Count), Is.EqualTo((2, true, 0)), error);
    }

    [TestCase("TERM", "TERM")]
    [TestCase("INT", "TERM")]
    [TestCase("HUP", "INT")]
    public async Task A_signal_finishes_what_is_in_flight_and_begins_nothing_new_and_another_one_stops_at_once(string signal, string another)
    {
        Signals.AssumeHeeded(signal, another);
        _emulator.Faults.Enqueue(Fault.StalledBody().AfterProcessing());
        using var process = Shell.Start(["dotnet", ProgramFile, "delete", "--yes", "--concurrency", "1", .. Ids(250)], Account);
        await _emulator.WaitForRequestAsync();

        await SignalAsync(process, signal);
        var notice = await process.StandardError.ReadLineAsync();
        await SignalAsync(process, another);
        var (exitCode, output, _) = await Shell.WaitAsync(process);

        Assert.Multiple(() =>
        {
            Assert.That(notice, Does.Contain("Ctrl+C"));
            Assert.That((exitCode, _emulator.Requests.Count), Is.EqualTo((3, 1)));
            Assert.That(output, Does.StartWith(nameof(DeleteOutcome.Unknown)).And.Match(@"\n100 [^\n]*\n150 [^\n]*\n\z"));
        });
    }

    [Test]
    public async Task Two_hangups_as_of_a_terminal_that_is_closed_finish_what_is_in_flight_all_the_same()
    {
        Signals.AssumeHeeded("HUP");
        var delete = $"{Shell.Program} delete --yes --concurrency 1 --requests-per-second 1 {string.Join(' ', Ids(1000))}";
        using var process = Shell.Start(["bash", "-c", $"exec {delete}"], Account);
        await _emulator.WaitForRequestAsync();

        await SignalAsync(process, "HUP");
        await SignalAsync(process, "HUP");
        var (exitCode, output, error) = await Shell.WaitAsync(process);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(
            (exitCode, lines[0].Split(' ')[0], lines[^1].Split(' ')[0]),
            Is.EqualTo((3, $"{Deleted}", $"{1000 - Deleted}")),
            "Those that are deleted and those that were not sent, and none with an unknown outcome: " + output + error);
    }

    [Test]
    public async Task A_hangup_that_the_user_has_switched_off_is_ignored()
    {
        var delete = $"{Shell.Program} delete --yes --concurrency 1 --requests-per-second 1 {string.Join(' ', Ids(250))}";
        using var process = Shell.Start(["bash", "-c", $"trap '' HUP; exec {delete}"], Account);
        await _emulator.WaitForRequestAsync();

        await SignalAsync(process, "HUP");
        var (exitCode, _, error) = await Shell.WaitAsync(process);

        Assert.That((exitCode, Deleted), Is.EqualTo((0, 250)), error);
    }

    [Test]
    public async Task A_pipe_without_a_writer_can_be_interrupted()
    {
        var pipe = FilePath;
        await Shell.RunAsync("mkfifo \"$FILE\"", Account);
        using var process = Shell.Start(["dotnet", ProgramFile, "delete", "--yes", "--from", "-", "--from", pipe], Account);

        // By then it reads, so the signal is not too early.
        await process.StandardInput.WriteAsync(new string('\n', 200_000));
        process.StandardInput.Close();
        await SignalAsync(process, "INT");
        var (exitCode, _, error) = await Shell.WaitAsync(process);

        Assert.That((exitCode, error.Trim().Split('\n').Length, _emulator.Requests.Count), Is.EqualTo((2, 1, 0)), error);
    }

    private static string ProgramFile => typeof(Pan123.Cli.CommandLine).Assembly.Location;

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(1, count).Select(id => $"{id}");

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private string FilePath => Path.Combine(_folder.FullName, "file");

    private Task<(int ExitCode, string Screen)> OnTerminalAsync(string arguments, string question, string typed, params (string, string)[] environment) =>
        Shell.RunOnTerminalAsync($"{Shell.Program} {arguments}", question, typed, [.. Account, .. environment]);
}
