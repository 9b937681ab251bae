using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Pan123.Emulator;
using Spectre.Console;

namespace Pan123.Cli.Tests;

/// <summary>After any change of a journal, a run rejects it, or reports nothing as deleted that was not.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Chance that can be repeated, and that guards nothing.")]
public sealed class JournalFuzzTests : CommandLineFixture
{
    private const int Seed = 123;
    private const int ChangesOfEachKind = 100;
    private const int Scenarios = 40;
    private const string AccessToken = "fuzz-token";

    private static readonly Uri Service = new("http://127.0.0.1:1/");

    private Pan123ClientOptions Options { get; } = new() { BaseAddress = Service, AccessToken = AccessToken };

    private string JournalPath => Path.Combine(Folder, "run.log");

    [SetUp]
    public void MakeFolder() => Directory.CreateDirectory(Folder);

    [Test]
    public async Task Each_flipped_bit_of_a_journal_is_noticed_or_leaves_a_beginning_of_it()
    {
        var scenario = await ScenarioOfSomeLinesAsync();
        var accepted = 0;
        for (var bit = 0; bit < scenario.Journal.Length * 8; bit++)
        {
            var journal = scenario.Journal.ToArray();
            journal[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(JournalPath, journal);
            try
            {
                using var opened = Journal.Open(JournalPath, Options, scenario.FileIds, isSameAccount: false, Clock);
                accepted++;
                Assert.That(scenario.Deleted, Is.SupersetOf(opened.History.Deleted.SelectMany(batch => batch.FileIds)), $"bit {bit}");
                AssertBeginning(journal, scenario.Journal, $"bit {bit}");
            }
            catch (UsageException rejected)
            {
                Assert.That(rejected.Message, Does.Contain(JournalPath));
            }
        }

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{scenario.Journal.Length * 8} flipped bits, {accepted} accepted"));
        Assert.That(accepted, Is.LessThan(scenario.Journal.Length), "Only a torn last line may be changed.");
    }

    [Test]
    public async Task A_damaged_journal_is_rejected_or_says_nothing_that_is_not_so()
    {
        (Environment["PAN123_ACCESS_TOKEN"], Environment["PAN123_BASE_ADDRESS"]) = (AccessToken, Service.AbsoluteUri);
        var random = new Random(Seed);
        var scenarios = new List<(JournalScenario Scenario, byte[] Other)>();
        for (var scenario = 0; scenario < Scenarios; scenario++)
        {
            var fileIds = FileIds(random);
            scenarios.Add((await CreateAsync(fileIds, random), (await CreateAsync(fileIds, random)).Journal));
        }

        var total = 0;
        foreach (var kind in JournalDamage.Kinds)
        {
            var (rejected, accepted) = (0, 0);
            while (rejected + accepted < ChangesOfEachKind)
            {
                var (scenario, other) = scenarios[random.Next(scenarios.Count)];
                var journal = kind.Apply(scenario.Journal, other, random);
                if (!journal.SequenceEqual(scenario.Journal))
                {
                    _ = await IsRejectedAsync(scenario, journal, kind) ? rejected++ : accepted++;
                }
            }

            total += rejected + accepted;
            await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{kind,-40} {rejected,4} rejected {accepted,4} accepted"));
        }

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{total} changed journals of {Scenarios}, seed {Seed}"));
        Assert.That(total, Is.GreaterThanOrEqualTo(2000));
    }

    [Test]
    public async Task A_run_with_a_damaged_journal_sends_nothing_or_reports_each_file_once_and_none_wrongly()
    {
        var random = new Random(Seed);
        var (rejectedCount, acceptedCount, rejectedThoughDeleted) = (0, 0, 0);
        long nextId = 1;
        foreach (var kind in JournalDamage.Kinds.Concat(JournalDamage.Kinds))
        {
            long[] fileIds = [.. Enumerable.Range(0, 350).Select(index => nextId + index)];
            nextId += fileIds.Length;
            Emulator.Drive.AddToRecycleBin(fileIds);
            Emulator.Faults.AddWithProbability(1, Seed, [Fault.BodyCode(1, "failed")]);
            var other = await DeleteAsync(fileIds, journal: []);
            Emulator.Faults.Clear();
            Emulator.Faults.AddWithProbability(0.6, random.Next(), [Fault.BodyCode(1, "failed"), Fault.EmptyBody(), Fault.EmptyBody().AfterProcessing()]);
            var first = await DeleteAsync(fileIds, journal: []);
            Emulator.Faults.Clear();
            var damaged = kind.Apply(first.Journal, other.Journal, random);
            var requests = Emulator.Requests.Count;

            var last = await DeleteAsync(fileIds, damaged);

            if (last.ExitCode == ExitCode.Usage)
            {
                rejectedCount++;
                Assert.That((Emulator.Requests.Count, last.Outcomes.Count, last.Journal), Is.EqualTo((requests, 0, damaged)), $"{kind}");
                continue;
            }

            acceptedCount++;
            rejectedThoughDeleted += last.Outcomes.Where(outcome => outcome.Name == "rejected").Sum(outcome => outcome.FileIds.Count(IsDeleted));
            Assert.Multiple(() =>
            {
                Assert.That(last.Outcomes.SelectMany(outcome => outcome.FileIds), Is.EquivalentTo(fileIds), $"{kind}");
                Assert.That(last.Outcomes.Where(outcome => outcome.Name == "deleted").SelectMany(outcome => outcome.FileIds).All(IsDeleted), $"{kind}");
            });
        }

        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{rejectedCount} rejected, {acceptedCount} accepted and run; {rejectedThoughDeleted} files rejected that an earlier run had deleted"));
        Assert.That(Math.Min(rejectedCount, acceptedCount), Is.GreaterThan(5));
    }

    private static long[] FileIds(Random random)
    {
        // Close to each other, so that a changed digit is often another one that was given; and some with many digits.
        var first = random.Next(2) == 0 ? random.Next(1, 100) : random.NextInt64(long.MaxValue / 2, long.MaxValue - 100);
        return [.. Enumerable.Range(0, random.Next(1, 15)).Select(index => first + index)];
    }

    private static void AssertBeginning(byte[] accepted, byte[] written, string what)
    {
        var lines = accepted.AsSpan(..(accepted.AsSpan().LastIndexOf((byte)'\n') + 1));
        Assert.That(written.AsSpan().StartsWith(lines), $"{what}: what was accepted is not how the journal began");
    }

    private Task<JournalScenario> CreateAsync(IReadOnlyList<long> fileIds, Random random) => JournalScenario.CreateAsync(fileIds, Options, JournalPath, random, Clock);

    // Each of its bits takes a while, so a short one.
    private async Task<JournalScenario> ScenarioOfSomeLinesAsync()
    {
        var random = new Random(Seed);
        JournalScenario scenario;
        do
        {
            scenario = await CreateAsync(FileIds(random), random);
        }
        while (scenario.Journal.Count(each => each == '\n') is < 5 or > 8 || scenario.Deleted.Count == 0);
        return scenario;
    }

    private async Task<bool> IsRejectedAsync(JournalScenario scenario, byte[] journal, JournalDamage kind)
    {
        await File.WriteAllBytesAsync(JournalPath, journal);
        var (exitCode, outcomes, messages) = await RunAsync(scenario.FileIds, "--dry-run");
        Assert.That(await File.ReadAllBytesAsync(JournalPath), Is.EqualTo(journal), $"{kind}");
        if (exitCode == ExitCode.Usage)
        {
            Assert.That((outcomes.Count, messages.Contains(JournalPath, StringComparison.Ordinal)), Is.EqualTo((0, true)), $"{kind}: {messages}");
            return true;
        }

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero, messages);
            Assert.That(outcomes.SelectMany(outcome => outcome.FileIds), Is.EquivalentTo(scenario.FileIds), $"{kind}");
            Assert.That(scenario.Deleted, Is.SupersetOf(outcomes.Where(outcome => outcome.Name == "deleted").SelectMany(outcome => outcome.FileIds)), $"{kind}");
            AssertBeginning(journal, scenario.Journal, $"{kind}");
        });
        return false;
    }

    private bool IsDeleted(long fileId) => Emulator.Drive.GetState(fileId) == FileState.Deleted;

    private async Task<(int ExitCode, List<(string Name, long[] FileIds)> Outcomes, byte[] Journal)> DeleteAsync(long[] fileIds, byte[] journal)
    {
        await File.WriteAllBytesAsync(JournalPath, journal);
        var (exitCode, outcomes, _) = await RunAsync(fileIds, "--yes --concurrency 1 --requests-per-second 1000");
        return (exitCode, outcomes, await File.ReadAllBytesAsync(JournalPath));
    }

    private async Task<(int ExitCode, List<(string Name, long[] FileIds)> Outcomes, string Messages)> RunAsync(IReadOnlyList<long> fileIds, string options)
    {
        // The consoles keep all that was ever written to them.
        await using var results = new StringWriter();
        await using var messages = new StringWriter();
        Results.Profile.Out = new AnsiConsoleOutput(results);
        Messages.Profile.Out = new AnsiConsoleOutput(messages);
        Input = string.Join('\n', fileIds);
        var exitCode = await RunAsync($"delete --json --journal {JournalPath} {options} --from -");
        return (exitCode, ReadOutcomes(results.ToString()), $"{messages}{results}");
    }

    private static List<(string Name, long[] FileIds)> ReadOutcomes(string results) =>
    [
        .. from line in results.Split('\n', StringSplitOptions.RemoveEmptyEntries)
           let json = JsonDocument.Parse(line).RootElement
           where json.TryGetProperty("outcome", out _)
           select (json.GetProperty("outcome").GetString()!, json.GetProperty("fileIds").Deserialize<long[]>()!),
    ];
}
