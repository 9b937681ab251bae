using System.Text.Json;
using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary>More files than a request takes: several batches, and what ends them early.</summary>
public sealed class DeleteManyTests : CommandLineFixture
{
    private static readonly long[] Ids = [.. Enumerable.Range(1, 450).Select(id => (long)id)];

    [SetUp]
    public void GiveIds()
    {
        Emulator.Drive.AddToRecycleBin(Ids);
        Input = string.Join('\n', Ids);
    }

    [Test]
    public async Task All_are_deleted_and_the_numbers_are_at_the_end()
    {
        var exitCode = await RunAsync("delete --yes --from -");

        Assert.That((exitCode, NumbersOf(Results.Lines), Emulator.Requests.Count), Is.EqualTo((0, "450", 5)));
    }

    [Test]
    public async Task A_free_account_needs_no_option()
    {
        Emulator.RequestsPerSecond = 1;

        var exitCode = await RunAsync("delete --yes --from -");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, NumbersOf(Results.Lines)), Is.EqualTo((0, "450")));
            Assert.That(Messages.Output, Does.Match(@"\b1 request\b"), "It is said what the service allows.");
        });
    }

    [Test]
    public async Task A_batch_that_is_rejected_is_named_with_its_first_IDs_or_all_of_them_and_the_others_go_on([Values] bool verbose)
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));

        var exitCode = await RunAsync($"delete --yes --concurrency 1 {(verbose ? "--verbose" : "")} --from -");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(Results.Lines[0], Does.StartWith(nameof(DeleteOutcome.Rejected)).And.Contain("failed"));
            Assert.That(Results.Lines[1], verbose ? Is.EqualTo($"  {string.Join(", ", Ids[..100])}") : Does.StartWith("  1, 2, 3, 4, 5, … (100 ").And.Contain("--verbose"));
            Assert.That(NumbersOf(Results.Lines.Skip(2)), Is.EqualTo("350, 100"));
            Assert.That(Messages.Lines, Has.Count.EqualTo(1).And.One.Contains("--isolate"));
        });
    }

    [Test]
    public async Task Isolation_deletes_all_but_the_stale_one()
    {
        Input += "\n999";

        var exitCode = await RunAsync("delete --yes --isolate --from -");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(NumbersOf(Results.Lines.Skip(1)), Is.EqualTo("999, 450, 1"));
        });
    }

    [Test]
    public async Task An_unknown_outcome_of_one_batch_counts_for_more_than_a_rejection_of_another()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));
        Emulator.Faults.Enqueue(Fault.EmptyBody().AfterProcessing());

        var exitCode = await RunAsync("delete --yes --concurrency 1 --from -");

        Assert.That(
            (exitCode, NumbersOf(Results.Lines.TakeLast(3)), Results.Lines.Count(line => line.StartsWith(nameof(DeleteOutcome.Unknown), StringComparison.Ordinal))),
            Is.EqualTo((3, "250, 100, 100", 1)));
    }

    [Test]
    public async Task Told_to_stop_on_failure_it_sends_nothing_more_and_says_what_was_not_sent()
    {
        Emulator.Faults.Enqueue(Fault.BodyCode(401, "token is expired"), times: 2);

        var exitCode = await RunAsync("delete --yes --stop-on-failure --concurrency 1 --json --from -");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((3, 0)));
            Assert.That(Outcomes().Select(line => (line.Outcome, line.FileIds.Length)), Is.EqualTo([("rejected", 100), ("notSent", 100), ("notSent", 100), ("notSent", 100), ("notSent", 50)]));
            AssertPartition();
        });
    }

    [Test]
    public async Task The_first_Ctrl_C_finishes_what_is_under_way_and_reports_the_rest_as_not_sent()
    {
        var answer = new TaskCompletionSource();
        BeforeAnswer = () => answer.Task;
        var run = RunAsync("delete --yes --concurrency 1 --json --from -");
        await Emulator.WaitForRequestAsync();

        Interruption.Interrupt();
        answer.SetResult();
        var exitCode = await run;

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Requests.Count), Is.EqualTo((3, 1)));
            Assert.That(Outcomes().Select(line => (line.Outcome, line.FileIds.Length)), Is.EqualTo([("deleted", 100), ("notSent", 100), ("notSent", 100), ("notSent", 100), ("notSent", 50)]));
            Assert.That(Messages.Lines, Has.Count.EqualTo(2));
            Assert.That(Messages.Lines[0], Does.Contain("Ctrl+C"));
            Assert.That(Messages.Lines[1], Does.Contain("--journal"));
            AssertPartition();
        });
    }

    [Test]
    public async Task The_second_Ctrl_C_stops_at_once_and_what_was_under_way_is_unknown()
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders().AfterProcessing(), times: 2);
        var run = RunAsync("delete --yes --concurrency 2 --from -");
        await Emulator.WaitForRequestAsync(2);

        Interruption.Interrupt();
        Interruption.Interrupt();
        var exitCode = await run;

        Assert.That(
            (exitCode, NumbersOf(Results.Lines.TakeLast(2)), Results.Lines.Count(line => line.StartsWith(nameof(DeleteOutcome.Unknown), StringComparison.Ordinal))),
            Is.EqualTo((3, "200, 250", 2)));
    }

    /// <summary>The number that each of these lines begins with.</summary>
    private static string NumbersOf(IEnumerable<string> lines) => string.Join(", ", lines.Select(line => line.Trim().Split(' ')[0]));

    private List<(string Outcome, long[] FileIds)> Outcomes() =>
    [
        .. from line in Results.Lines.SkipLast(1)
           let json = JsonDocument.Parse(line).RootElement
           select (json.GetProperty("outcome").GetString()!, json.GetProperty("fileIds").EnumerateArray().Select(id => id.GetInt64()).ToArray()),
    ];

    private void AssertPartition() => Assert.That(Outcomes().SelectMany(line => line.FileIds), Is.EquivalentTo(Ids));
}
