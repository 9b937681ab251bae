using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>
/// Whether a run with a journal that is killed at random moments, and restarted each time, deletes all files and reports nothing false.
/// </summary>
internal sealed class CrashRecoveryCommand : Command
{
    private const int Files = 60_000;
    private const int Kills = 20;
    private const double FaultProbability = 0.03;

    private readonly Option<int> _seed = new("--seed") { DefaultValueFactory = _ => 123 };

    public CrashRecoveryCommand()
        : base("crash-recovery", $"Kills the command line {Kills} times while it deletes {Files} files with a journal, for each assumption on stale IDs.")
    {
        Add(_seed);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var isRight = true;
        foreach (var behavior in Enum.GetValues<StaleIdBehavior>())
        {
            isRight &= await KillAsync(behavior, arguments.GetValue(_seed), cancellationToken);
        }

        return isRight ? 0 : 1;
    }

    [SuppressMessage("Security", "CA5394", Justification = "It must be reproducible, and guards nothing.")]
    private static async Task<bool> KillAsync(StaleIdBehavior behavior, int seed, CancellationToken cancellationToken)
    {
        var fileIds = Enumerable.Range(1, Files).Select(fileId => (long)fileId).ToList();
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { AssumedStaleIdBehavior = behavior }, cancellationToken);
        emulator.Drive.AddToRecycleBin(fileIds);

        // So that there are always some requests that were processed, and whose response never comes.
        emulator.Faults.AddWithProbability(FaultProbability, seed, [Fault.StalledHeaders().AfterProcessing()]);

        var folder = Directory.CreateTempSubdirectory("pan123-");
        var (list, journal) = (Path.Combine(folder.FullName, "ids.txt"), Path.Combine(folder.FullName, "run.log"));
        await File.WriteAllLinesAsync(list, fileIds.Select(fileId => $"{fileId}"), cancellationToken);
        CommandLineProcess Start() => CommandLineProcess.Start(emulator, "delete", "--yes", "--json", "--requests-per-second", "20", "--from", list, "--journal", journal);

        var random = new Random(seed);
        var wrong = 0;
        var withoutOutcome = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = Start();
            if (random.Next(4) > 0)
            {
                // Otherwise most runs would be killed before they begin.
                await emulator.WaitForRequestAsync(emulator.Requests.Count + 1, cancellationToken);
            }

            await Task.Delay(random.Next(500), cancellationToken);
            process.Kill();
            wrong += CountWrong((await process.WaitAsync()).Output, emulator);
            withoutOutcome.AddRange(ReadBatchesWithoutOutcome(journal));
        }

        var before = emulator.Drive.Count(FileState.Deleted);
        emulator.Faults.Clear();
        using var last = Start();
        var (exitCode, output, messages) = await last.WaitAsync();
        wrong += CountWrong(output, emulator);
        var outcomes = Parse(output).ToList();
        var reported = outcomes.SelectMany(line => line.FileIds).Order().SequenceEqual(fileIds);
        var unknown = outcomes.Where(line => line.Outcome == "unknown").Sum(line => line.FileIds.Length);
        folder.Delete(recursive: true);

        // The batches that were sent more than once, and those of them whose outcome was already known.
        var deletions = emulator.Requests.Where(request => request.PathAndQuery == Pan123Emulator.DeleteFilesPath).ToList();
        var bodies = deletions.Select(request => request.BodyText).GroupBy(body => body, StringComparer.Ordinal).ToList();
        var twice = bodies.Sum(same => same.Count() - 1);
        var unduly = bodies.Sum(same => Math.Max(0, same.Count() - 1 - withoutOutcome.Count(body => body == same.Key)));

        var deleted = emulator.Drive.Count(FileState.Deleted);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"crash-recovery, behavior for stale IDs {behavior}: {Kills} kills, {before} files deleted by then; at the end {deleted} of {Files} deleted, {unknown} reported as unknown, {wrong} reported wrongly, exit code {exitCode}; {deletions.Count} deletions, {emulator.Requests.Count - deletions.Count} lookups, {twice} deletions sent again, {unduly} of which had an outcome before the kill"));
        var isRight = (deleted, wrong, unduly, unknown, reported) == (Files, 0, 0, 0, true) && exitCode == 0 && before < Files;
        if (!isRight)
        {
            await Console.Error.WriteLineAsync(messages);
        }

        return isRight;
    }

    /// <summary>Files that are reported as deleted and are not, or the reverse.</summary>
    private static int CountWrong(string output, Pan123Emulator emulator) => Parse(output).Sum(line => line.FileIds.Count(fileId => line.Outcome switch
    {
        "deleted" => emulator.Drive.GetState(fileId) != FileState.Deleted,
        "unknown" => false,
        _ => emulator.Drive.GetState(fileId) == FileState.Deleted,
    }));

    private static IEnumerable<(string Outcome, long[] FileIds)> Parse(string output) =>
        // The last line of a run that was killed may be half a line.
        from line in output[..(output.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let json = JsonDocument.Parse(line).RootElement
        where json.TryGetProperty("outcome", out _)
        select (json.GetProperty("outcome").GetString()!, json.GetProperty("fileIds").Deserialize<long[]>()!);

    /// <returns>The request bodies of the batches that have no outcome according to the journal.</returns>
    private static HashSet<string> ReadBatchesWithoutOutcome(string journal)
    {
        var bodies = new Dictionary<int, string>();
        var open = new HashSet<string>(StringComparer.Ordinal);
        if (File.Exists(journal))
        {
            var text = File.ReadAllText(journal);
            foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                var json = JsonDocument.Parse(line).RootElement;
                var batch = json.GetProperty("batch").GetInt32();
                if (json.GetProperty("state").GetString() == "sending")
                {
                    bodies[batch] = $$"""{"fileIDs":{{json.GetProperty("fileIds").GetRawText()}}}""";
                    open.Add(bodies[batch]);
                }
                else if (json.GetProperty("state").GetString() != "unknown")
                {
                    open.Remove(bodies[batch]);
                }
            }
        }

        return open;
    }
}
