using System.Text.Json;
using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary><c>pan123 trash</c> and <c>pan123 recover</c></summary>
public sealed class MoveCommandTests : CommandLineFixture
{
    private static readonly long[] Ids = [.. Enumerable.Range(1, 250).Select(id => (long)id)];

    [SetUp]
    public void GiveIds() => Input = string.Join('\n', Ids);

    [Test]
    public async Task Files_are_moved_to_the_bin_and_back_a_hundred_a_request()
    {
        Emulator.Drive.AddActive(Ids);

        var trashed = (await RunAsync("trash --from -"), Emulator.Drive.Count(FileState.InRecycleBin), Emulator.Requests.Count);
        var recovered = (await RunAsync("recover --from - 1"), Emulator.Drive.Count(FileState.Active), Emulator.Requests.Count);

        Assert.Multiple(() =>
        {
            Assert.That((trashed, recovered), Is.EqualTo(((0, 250, 3), (0, 250, 6))));
            Assert.That(Results.Lines[0], Does.StartWith("250 files ").And.Contain("pan123 recover"));
            Assert.That(Results.Lines[1], Does.StartWith("250 files ").And.Contain("pan123 trash"));
        });
    }

    [Test]
    public async Task Files_whose_folder_is_gone_are_listed_with_what_to_do_and_go_to_another_folder()
    {
        var (gone, other) = (Emulator.Drive.AddFolder("gone"), Emulator.Drive.AddFolder("other"));
        Emulator.Drive.AddFile("a", 1, gone, fileId: 7);
        Emulator.Drive.AddToRecycleBin(1, 7, gone);

        var first = await RunAsync("recover 1 7");
        var json = await RunAsync("recover --json 7");
        var second = await RunAsync($"recover 7 --to {other}");

        Assert.Multiple(() =>
        {
            Assert.That((first, json, second), Is.EqualTo((1, 1, 0)), Results.Output);
            Assert.That(Results.Lines[0], Does.Contain("--to"));
            Assert.That(Results.Lines[1], Is.EqualTo("  7"));
            Assert.That(JsonDocument.Parse(Results.Lines[4]).RootElement.GetProperty("outcome").GetString(), Is.EqualTo("notRecovered"));
            Assert.That(Emulator.Drive.Find(7)!.ParentId, Is.EqualTo(other));
        });
    }

    [Test]
    public void IDs_that_were_not_asked_for_leave_the_outcome_unknown()
    {
        var response = new RecoverFilesResponse { Data = new RecoveredFiles { AbnormalFileIds = [1, 99] } };

        var result = MoveResult.OfRecovery([1, 2], response).Single();

        Assert.That((result.Outcome, result.FileIds), Is.EqualTo((MoveOutcome.Unknown, new long[] { 1, 2 })));
        Assert.That(result.Reason, Does.Contain("1, 99"));
    }

    [TestCase("trash")]
    [TestCase("recover")]
    [TestCase("recover --to 0")]
    public async Task Each_batch_has_its_outcome_and_an_unknown_one_counts_most(string command)
    {
        Put(command, Ids);
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));
        Emulator.Faults.Enqueue(Fault.EmptyBody().AfterProcessing());

        var exitCode = await RunAsync($"{command} --json --from -");

        var success = command == "trash" ? "trashed" : "recovered";
        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(3));
            Assert.That(Outcomes(), Is.EqualTo([("rejected", 100), ("unknown", 100), (success, 50)]));
            Assert.That(Results.Lines[0], Does.Contain("\"code\":1,\"message\":\"failed\""));
            Assert.That(Results.Lines[^1], Does.StartWith("{\"summary\":{").And.Contain($"\"{success}\":50,").And.Contain("\"rejected\":100,\"unknown\":100,\"notSent\":0,\"exitCode\":3,"));
        });
    }

    [Test]
    public async Task A_rejection_alone_is_exit_code_1()
    {
        Emulator.Drive.AddActive(2);

        Assert.That(await RunAsync("trash 1 2"), Is.EqualTo(1), "One that is not there.");
        Assert.That((Results.Lines[1], Emulator.Drive.GetState(2)), Is.EqualTo(("  1, 2", FileState.Active)));
    }

    [Test]
    public async Task The_first_Ctrl_C_finishes_what_is_in_flight_and_sends_nothing_more()
    {
        Emulator.Drive.AddActive(Ids);
        AfterFirstAnswer(Interruption.Interrupt);

        var exitCode = await RunAsync("trash --json --from -");

        Assert.That((exitCode, Emulator.Requests.Count), Is.EqualTo((3, 1)));
        Assert.That(Outcomes(), Is.EqualTo([("trashed", 100), ("notSent", 100), ("notSent", 50)]));
        Assert.That(Messages.Output, Does.Contain("Ctrl+C"));
    }

    [Test]
    public async Task The_second_Ctrl_C_stops_at_once_and_the_outcome_is_unknown()
    {
        Emulator.Drive.AddActive(Ids);
        Emulator.Faults.Enqueue(Fault.StalledHeaders().AfterProcessing());
        var run = RunAsync("trash --from -");
        await Emulator.WaitForRequestAsync();

        Interruption.Interrupt();
        Interruption.Interrupt();

        Assert.That(await run, Is.EqualTo(3));
        Assert.That(Results.Lines.TakeLast(2).Select(line => line.Split(' ')[0]), Is.EqualTo(["100", "150"]));
    }

    [Test]
    public async Task Ctrl_C_while_IDs_are_read_sends_nothing()
    {
        Interruption.Interrupt();

        Assert.That((await RunAsync("trash --from -"), Emulator.Requests.Count), Is.EqualTo((2, 0)));
    }

    private void Put(string command, long[] fileIds)
    {
        if (command == "trash")
        {
            Emulator.Drive.AddActive(fileIds);
        }
        else
        {
            Emulator.Drive.AddToRecycleBin(fileIds);
        }
    }

    private List<(string? Outcome, int Count)> Outcomes() =>
    [
        .. from line in Results.Lines.SkipLast(1)
           let json = JsonDocument.Parse(line).RootElement
           select (json.GetProperty("outcome").GetString(), json.GetProperty("fileIds").GetArrayLength()),
    ];
}
