using System.Text.Json;
using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

/// <summary>Runs that go on where an earlier one was, however that ended.</summary>
public sealed class JournalTests : CommandLineFixture
{
    private static readonly long[] Ids = [.. Enumerable.Range(1, 250).Select(id => (long)id)];

    private string Path => System.IO.Path.Combine(Folder, "run.log");

    [SetUp]
    public void GiveIds()
    {
        Directory.CreateDirectory(Folder);
        Emulator.Drive.AddToRecycleBin(Ids);
        Input = string.Join('\n', Ids);
    }

    [Test]
    public async Task Each_batch_is_noted_before_it_is_sent_and_when_its_outcome_is_known()
    {
        await RunAsync(concurrency: 1);

        var lines = await LinesAsync();
        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Does.Match("""^\{"pan123Journal":2,"time":"[^"]+","baseAddress":"http://127.0.0.1:.*","fileCount":250,"""));
            Assert.That(lines, Has.All.Match(""","checksum":"[0-9a-f]{32}"\}$"""));
            Assert.That(lines.Skip(1).Select(State), Is.EqualTo(["1 sending", "1 deleted", "2 sending", "2 deleted", "3 sending", "3 deleted"]));
            Assert.That(JsonDocument.Parse(lines[5]).RootElement.GetProperty("fileIds").GetArrayLength(), Is.EqualTo(50));
            Assert.That(lines[6], Does.Contain("\"traceId\":\""));
        });
    }

    [Test]
    public async Task What_was_deleted_is_skipped_and_what_had_an_unknown_outcome_is_retried_as_it_was()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));
        Emulator.Faults.Enqueue(Fault.EmptyBody());
        await RunAsync(concurrency: 1);
        var requests = Emulator.Requests;

        var exitCode = await RunAsync(concurrency: 1);

        Assert.Multiple(() =>
        {
            Assert.That(Emulator.Requests.Skip(3).Select(request => request.BodyText), Is.EqualTo([requests[1].BodyText, requests[0].BodyText]));
            Assert.That(Messages.Lines, Has.Count.EqualTo(4));
            Assert.That(Messages.Lines[0], Does.Contain("--isolate"));
            Assert.That(Messages.Lines[2], Does.StartWith("50 "), "They are deleted.");
            Assert.That(Messages.Lines[3], Does.StartWith("100 "), "Their outcome is unknown.");
            Assert.That((exitCode, NumberOf(Results.Lines[^1])), Is.EqualTo((0, "200")));
        });
    }

    [Test]
    public async Task A_smaller_batch_with_an_unknown_outcome_is_not_filled_up_with_others()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"), times: 2);
        Emulator.Faults.Enqueue(Fault.EmptyBody());
        await RunAsync(concurrency: 1);
        var last = Emulator.Requests[2].BodyText;

        var exitCode = await RunAsync(concurrency: 1);

        Assert.That((exitCode, Emulator.Requests[3].BodyText, Emulator.Requests.Count), Is.EqualTo((0, last, 6)));
    }

    [Test]
    public async Task A_rejection_of_what_had_an_unknown_outcome_is_not_final_since_the_first_request_may_have_done_the_work()
    {
        Emulator.Faults.Enqueue(Fault.EmptyBody().AfterProcessing());
        await RunAsync(concurrency: 1);

        var exitCodes = (await RunAsync(concurrency: 1, "--no-confirm"), await RunAsync(concurrency: 1, "--no-confirm"));

        Assert.Multiple(() =>
        {
            Assert.That(exitCodes, Is.EqualTo((3, 3)));
            Assert.That(Results.Lines.Where(line => !line.StartsWith(' ')).Select(NumberOf), Is.EqualTo(["Unknown:", "150", "100", "Unknown:", "100", "Unknown:", "100"]), "None is rejected.");
            Assert.That(Messages.Lines.Skip(1).Select(NumberOf), Is.EqualTo(["150", "100", "150", "100"]), "Only of the first run is it said that to repeat helps.");
        });
    }

    [Test]
    public async Task What_had_an_unknown_outcome_is_looked_up_and_the_next_run_knows_it()
    {
        Emulator.Faults.Enqueue(Fault.EmptyBody().AfterProcessing());
        await RunAsync(concurrency: 1);

        var exitCodes = (await RunAsync(concurrency: 1), await RunAsync(concurrency: 1));

        var requests = Emulator.Requests.Select(request => request.PathAndQuery.Split('/')[^1]);
        Assert.Multiple(() =>
        {
            Assert.That(exitCodes, Is.EqualTo((0, 0)));
            Assert.That(Results.Output, Does.Contain("100 files deleted permanently.\nConfirmed by a lookup: 100 files."));
            Assert.That(requests.TakeLast(2), Is.EqualTo(new[] { "delete", "infos" }), "The third run sends nothing.");
        });
    }

    [Test]
    public async Task A_first_run_looks_up_if_it_is_asked_to_and_says_so_in_json()
    {
        Emulator.Faults.Enqueue(Fault.EmptyBody().AfterProcessing());

        var exitCode = await RunAsync(concurrency: 1, "--confirm --json");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(Results.Lines[0], Does.StartWith("""{"outcome":"deleted","fileIds":[1,2,""").And.EndWith(""","confirmed":true}"""));
        });
    }

    [Test]
    public async Task What_had_an_unknown_outcome_still_has_it_when_it_cannot_be_sent_again()
    {
        Emulator.Faults.Enqueue(Fault.EmptyBody().AfterProcessing());
        await RunAsync(concurrency: 1);
        await Emulator.StopAsync();
        await RunAsync(concurrency: 1);
        await Emulator.RestartAsync();

        var before = Messages.Lines.Count;
        await RunAsync(concurrency: 1);

        Assert.That(Messages.Lines.Skip(before).Select(NumberOf), Is.EqualTo(["150", "100"]), "Those that are deleted, and those with an unknown outcome.");
    }

    [Test]
    public async Task What_had_an_unknown_outcome_still_has_it_when_the_run_stops_before_it()
    {
        Emulator.Faults.Enqueue(Fault.EmptyBody(), times: 2);
        await RunAsync(concurrency: 1);
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));

        await RunAsync(concurrency: 1, "--stop-on-failure --no-confirm");

        Assert.That(Results.Lines.TakeLast(6).Where(line => !line.StartsWith(' ')).Select(NumberOf), Is.EqualTo(["Unknown:", "Unknown:", "100", "100"]));
    }

    [Test]
    public async Task When_all_is_deleted_nothing_is_asked_or_sent_and_json_has_all_files_again()
    {
        await RunAsync(concurrency: 1);
        CanAsk = true;
        var requests = Emulator.Requests.Count;

        var exitCode = await RunAsync($"delete --json --journal {Path} --from -");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Requests.Count), Is.EqualTo((0, requests)));
            Assert.That(Results.Lines[^2], Does.StartWith("""{"outcome":"deleted","fileIds":[201,202,""").And.Contain("\"earlier\":true,\"traceId\":\""));
        });
    }

    [Test]
    public async Task A_dry_run_in_json_says_of_each_file_what_the_journal_knows()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));
        Emulator.Faults.Enqueue(Fault.EmptyBody());
        await RunAsync(concurrency: 1);
        var before = Results.Lines.Count;

        var exitCode = await RunAsync(concurrency: 1, "--dry-run --json");

        var lines = Results.Lines.Skip(before).SkipLast(1).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Requests.Count), Is.EqualTo((0, 3)));
            Assert.That(
                lines.Select(line => (line.GetProperty("outcome").GetString(), line.GetProperty("fileIds")[0].GetInt64())),
                Is.EqualTo([("deleted", 201), ("unknown", 101), ("notSent", 1)]));
            Assert.That(lines.SelectMany(line => line.GetProperty("fileIds").EnumerateArray()).Select(id => id.GetInt64()), Is.EquivalentTo(Ids));
        });
    }

    [Test]
    public async Task A_batch_that_was_split_goes_on_with_its_parts()
    {
        Input += "\n999";
        await RunAsync(concurrency: 1, "--isolate");

        var exitCode = await RunAsync(concurrency: 1, "--isolate");

        Assert.That(
            (exitCode, NumberOf(Results.Lines[^1]), Emulator.Drive.Count(FileState.Deleted), Emulator.Requests[^1].BodyText),
            Is.EqualTo((1, "1", 250, """{"fileIDs":[999]}""")));
    }

    [Test]
    public async Task A_run_that_died_at_any_byte_goes_on()
    {
        Emulator.Faults.Enqueue(Fault.EmptyBody());
        await RunAsync(concurrency: 1);
        var whole = await File.ReadAllBytesAsync(Path);
        var ends = Enumerable.Range(0, 40).Select(part => whole.Length * part / 40).ToList();

        foreach (var end in ends)
        {
            await File.WriteAllBytesAsync(Path, whole[..end]);

            Assert.That(await RunAsync(concurrency: 1, "--dry-run"), Is.Zero, $"{end} bytes");
            Assert.That(await File.ReadAllBytesAsync(Path), Is.EqualTo(whole[..end]), "A dry run leaves the journal as it is.");
        }
    }

    [Test]
    public async Task A_torn_line_is_as_if_it_had_not_been_begun()
    {
        await RunAsync(concurrency: 1);
        var lines = await LinesAsync();
        await File.WriteAllTextAsync(Path, string.Join('\n', lines[..4]) + '\n' + lines[4][..20]);

        await RunAsync(concurrency: 1);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(Messages.Lines.Take(2).Select(NumberOf), Is.EqualTo(["100", "100"]), "Those that are deleted, and those with an unknown outcome.");
            Assert.That((await LinesAsync()).Skip(4).Select(State), Is.EqualTo(["3 sending", "3 unknown", "4 sending", "4 deleted", "5 sending", "5 rejected"]));
        });
    }

    [TestCase("1\n2\n")]
    [TestCase("1")]
    [TestCase("{}\n")]
    [TestCase("{\"pan123Journ")]
    public async Task A_file_that_is_no_journal_is_rejected_and_stays_as_it_is(string text)
    {
        Write("run.log", text, new System.Text.UTF8Encoding(false));

        var exitCode = await RunAsync(concurrency: 1);

        var isBeginning = text == "{\"pan123Journ";
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(exitCode, Is.EqualTo(isBeginning ? 0 : 2));
            Assert.That(await File.ReadAllTextAsync(Path), isBeginning ? Does.StartWith("{\"pan123Journal\":2,") : Is.EqualTo(text));
            Assert.That(Messages.Output, isBeginning ? Is.Empty : Does.Contain($"'{Path}'").And.Contain("line 1"));
            Assert.That(Emulator.Requests, Has.Count.EqualTo(isBeginning ? 3 : 0));
        });
    }

    [Test]
    public async Task A_journal_of_other_IDs_is_rejected()
    {
        await RunAsync(concurrency: 1);
        Input += "\n251";

        var exitCode = await RunAsync(concurrency: 1);

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Requests.Count), Is.EqualTo((2, 3)), "Nothing was sent.");
            Assert.That(Messages.Output, Does.Contain($"'{Path}'").And.Contain(" 250 ").And.Contain(" 251 "));
        });
    }

    [Test]
    public async Task The_order_of_the_IDs_does_not_matter()
    {
        await RunAsync(concurrency: 1);
        Input = string.Join('\n', Ids.Reverse());

        Assert.That(await RunAsync(concurrency: 1), Is.Zero);
    }

    [Test]
    public async Task A_journal_of_other_credentials_is_rejected_unless_they_are_said_to_be_the_same_accounts()
    {
        await RunAsync(concurrency: 1);
        Environment["PAN123_ACCESS_TOKEN"] = "next-token";

        var exitCodes = (await RunAsync(concurrency: 1), await RunAsync(concurrency: 1, "--same-account"));

        Assert.Multiple(() =>
        {
            Assert.That(exitCodes, Is.EqualTo((2, 0)));
            Assert.That(Messages.Lines[0], Does.Contain($"'{Path}'").And.Contain("--same-account"));
        });
    }

    [Test]
    public async Task A_journal_of_another_service_is_rejected_all_the_same()
    {
        await RunAsync(concurrency: 1);

        var exitCode = await RunAsync(concurrency: 1, "--same-account --base-address https://example.com");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(Messages.Output, Does.Contain($"'{Path}'").And.Contain(Emulator.BaseAddress.AbsoluteUri).And.Contain("https://example.com/"));
    }

    [Test]
    public async Task It_holds_no_credentials()
    {
        await RunAsync(concurrency: 1);

        Assert.That(await File.ReadAllTextAsync(Path), Does.Not.Contain(Emulator.AccessToken));
    }

    [Test]
    public async Task A_journal_in_use_is_rejected()
    {
        await RunAsync(concurrency: 1);
        await using var other = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var exitCode = await RunAsync(concurrency: 1);

        Assert.That((exitCode, Messages.Output.Contains($"'{Path}'", StringComparison.Ordinal), Emulator.Requests.Count), Is.EqualTo((2, true, 3)), "Nothing was sent.");
    }

    [Test]
    public async Task Where_no_journal_can_be_written_nothing_is_sent()
    {
        var exitCode = await RunAsync($"delete --yes --journal {Folder}/none/run.log --from -");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Does.Contain($"'{Folder}/none/run.log'"));
            Assert.That(Emulator.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task Without_consent_there_is_no_journal()
    {
        CanAsk = true;
        Messages.Input.PushTextWithEnter("n");

        await RunAsync($"delete --journal {Path} --from -");

        Assert.That(File.Exists(Path), Is.False);
    }

    [Test]
    [Platform("Linux", Reason = "Only there is a device that is full.")]
    public async Task A_full_disk_ends_the_run_before_anything_is_sent()
    {
        File.CreateSymbolicLink(Path, "/dev/full");

        var exitCode = await RunAsync(concurrency: 1);

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2), Messages.Output);
            Assert.That(Emulator.Requests, Is.Empty);
        });
    }

    private Task<int> RunAsync(int concurrency, string more = "") => RunAsync($"delete --yes --concurrency {concurrency} --journal {Path} {more} --from -");

    private Task<string[]> LinesAsync() => File.ReadAllLinesAsync(Path);

    /// <summary>How many files a line is about: what it begins with.</summary>
    private static string NumberOf(string line) => line.Split(' ')[0];

    private static string State(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        return $"{json.GetProperty("batch")} {json.GetProperty("state")}";
    }
}
