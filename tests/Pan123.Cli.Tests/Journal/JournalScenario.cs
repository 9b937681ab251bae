using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Pan123.Tests;

namespace Pan123.Cli.Tests;

/// <summary>A journal of a few runs with random outcomes, some of them killed, and which files the service really deleted.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Chance that can be repeated, and that guards nothing.")]
internal sealed class JournalScenario
{
    private const int MaxBatch = 3;

    private readonly HashSet<long> _deleted = [];
    private readonly Random _random;

    private JournalScenario(IReadOnlyList<long> fileIds, Random random) => (FileIds, _random) = (fileIds, random);

    public IReadOnlyList<long> FileIds { get; }

    /// <summary>The files that the service deleted, whether or not the journal says so.</summary>
    public IReadOnlySet<long> Deleted => _deleted;

    public byte[] Journal { get; private set; } = [];

    /// <summary>Writes a journal to this path.</summary>
    public static async Task<JournalScenario> CreateAsync(IReadOnlyList<long> fileIds, Pan123ClientOptions options, string path, Random random, FakeTimeProvider clock)
    {
        File.Delete(path);
        var scenario = new JournalScenario(fileIds, random);
        for (var runs = random.Next(1, 4); runs > 0; runs--)
        {
            await scenario.RunAsync(options, path, clock);
            if (random.Next(2) == 0)
            {
                await KillBeforeLastOutcomeAsync(path, random);
            }
        }

        scenario.Journal = await File.ReadAllBytesAsync(path);
        return scenario;
    }

    private static async Task KillBeforeLastOutcomeAsync(string path, Random random)
    {
        var journal = await File.ReadAllBytesAsync(path);
        var lastLine = journal.AsSpan(..^1).LastIndexOf((byte)'\n') + 1;
        if (lastLine > 0)
        {
            await File.WriteAllBytesAsync(path, journal[..random.Next(lastLine, journal.Length)]);
        }
    }

    private async Task RunAsync(Pan123ClientOptions options, string path, FakeTimeProvider clock)
    {
        using var journal = Cli.Journal.Open(path, options, FileIds, isSameAccount: false, clock);
        var rest = FileIds.Where(fileId => !journal.History.IsDeleted(fileId) && !journal.History.IsUnknown(fileId));
        var batches = journal.History.Unknown.Concat(rest.Chunk(_random.Next(1, MaxBatch + 1))).ToList();
        journal.Begin();
        var client = new JournaledClient(new FakeClient(DeleteAsync), journal);
        foreach (var batch in batches)
        {
            clock.Advance(TimeSpan.FromMilliseconds(_random.Next(1, 1000)));
            try
            {
                await client.DeleteFilesAsync(batch);
            }
            catch (Pan123Exception)
            {
                // The journal has it.
            }
        }
    }

    private Task<DeleteFilesResponse> DeleteAsync(long[] fileIds, CancellationToken cancellationToken)
    {
        var outcome = _deleted.Overlaps(fileIds) ? 2 : _random.Next(6);
        if (outcome is 0 or 1 or 4)
        {
            _deleted.UnionWith(fileIds);
        }

        return outcome switch
        {
            0 or 1 => Task.FromResult(new DeleteFilesResponse { Message = "ok", TraceId = $"trace-{_random.Next()}" }),
            2 => Task.FromException<DeleteFilesResponse>(new Pan123ApiException(HttpStatusCode.OK, (Pan123ErrorCode)1, "failed", $"trace-{_random.Next()}")),
            3 => Task.FromException<DeleteFilesResponse>(new Pan123NotSentException("There is no connection.", innerException: null)),
            _ => Task.FromException<DeleteFilesResponse>(new Pan123OutcomeUnknownException(fileIds, "No response came.")),
        };
    }
}
