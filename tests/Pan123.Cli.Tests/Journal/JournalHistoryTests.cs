using System.Text;
using System.Text.Json;

namespace Pan123.Cli.Tests;

/// <summary>What a journal must not say, even where each checksum matches: it would have come from a fault in the program.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class JournalHistoryTests
{
    private const string Sending1 = """{"time":"2026-01-01T00:00:00+00:00","batch":1,"state":"sending","fileIds":[1,2]}""";
    private const string Deleted1 = """{"time":"2026-01-01T00:00:00+00:00","batch":1,"state":"deleted","traceId":"t"}""";

    private static readonly Pan123ClientOptions Options = new() { BaseAddress = new Uri("https://example.com/"), AccessToken = "token" };

    /// <summary>The IDs that the journals are about.</summary>
    internal static IReadOnlyList<long> Given { get; } = [.. Enumerable.Range(1, 200).Select(id => (long)id)];

    /// <summary>What is said of each, <c>Messages.approved.txt</c> has.</summary>
    internal static IReadOnlyList<(string Name, string[] Entries)> Wrong { get; } =
    [
        ("batch 2 is the first", [Sending1.Replace("\"batch\":1", "\"batch\":2", StringComparison.Ordinal)]),
        ("batch 1 twice", [Sending1, Sending1]),
        ("batch 0", [Sending1.Replace("\"batch\":1", "\"batch\":0", StringComparison.Ordinal)]),
        ("outcome of a batch that was not sent", [Deleted1]),
        ("second outcome", [Sending1, Deleted1, Deleted1]),
        ("outcome of a later batch", [Sending1, Deleted1.Replace("\"batch\":1", "\"batch\":9", StringComparison.Ordinal)]),
        ("outcome of files that were sent again", [Sending1, Sending1.Replace("\"batch\":1", "\"batch\":2", StringComparison.Ordinal), Deleted1]),
        ("outcome with files", [Sending1, Deleted1.Replace("\"traceId\":\"t\"", "\"fileIds\":[3]", StringComparison.Ordinal)]),
        ("file that was deleted before", [Sending1, Deleted1, Sending([2, 3], batch: 2)]),
        ("file that was not given", [Sending([1, 201])]),
        ("file ID below 1", [Sending([-1])]),
        ("file twice in a batch", [Sending([1, 2, 1])]),
        ("batch without files", [Sending([])]),
        ("batch of too many files", [Sending(Enumerable.Range(1, 101))]),
        ("batch whose files are missing", [Sending1.Replace(",\"fileIds\":[1,2]", "", StringComparison.Ordinal)]),
        ("batch with a trace ID", [Sending1.Replace("]}", "],\"traceId\":\"t\"}", StringComparison.Ordinal)]),
        ("unknown state", [Sending1.Replace("sending", "gone", StringComparison.Ordinal)]),
        ("state in another case", [Sending1.Replace("sending", "Sending", StringComparison.Ordinal)]),
        ("state that is a number", [Sending1.Replace("\"sending\"", "0", StringComparison.Ordinal)]),
        ("property twice", [Sending1.Replace("\"batch\":1", "\"batch\":1,\"batch\":1", StringComparison.Ordinal)]),
        ("property in another case", [Sending1.Replace("\"batch\"", "\"Batch\"", StringComparison.Ordinal)]),
        ("property missing", [Sending1.Replace("\"batch\":1,", "", StringComparison.Ordinal)]),
        ("property of another type", [Sending1.Replace("\"batch\":1", "\"batch\":\"1\"", StringComparison.Ordinal)]),
        ("unknown property", [Sending1.Replace("]}", "],\"more\":1}", StringComparison.Ordinal)]),
        ("hardly any property", ["{\"batch\":1}"]),
    ];

    private static IEnumerable<TestCaseData> WrongCases => Wrong.Select(wrong => new TestCaseData(wrong.Name, wrong.Entries));

    [TestCaseSource(nameof(WrongCases))]
    public void What_no_run_can_have_written_is_rejected_although_its_checksum_matches(string name, string[] entries)
    {
        var path = Path.GetTempFileName();
        try
        {
            Write(path, Options, entries);

            var rejected = Assert.Throws<UsageException>(() => Open(path).Dispose(), name);

            Assert.That(rejected!.Message, Does.Contain($"'{path}'").And.Contain($" line {entries.Length + 1}: ").And.Not.Contain("checksum"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void What_runs_write_is_read()
    {
        var path = Path.GetTempFileName();
        try
        {
            Write(path, Options, Sending1, Deleted1, Sending([3], batch: 2), Sending([3], batch: 3));

            using var journal = Open(path);

            Assert.That(
                (journal.History.LastBatch, journal.History.Deleted.Single().FileIds, journal.History.Unknown.Single()),
                Is.EqualTo((3, new long[] { 1, 2 }, new long[] { 3 })));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Sending(IEnumerable<int> fileIds, int batch = 1) =>
        $$"""{"time":"2026-01-01T00:00:00+00:00","batch":{{batch}},"state":"sending","fileIds":[{{string.Join(',', fileIds)}}]}""";

    private static Journal Open(string path) => Journal.Open(path, Options, Given, isSameAccount: false, TimeProvider.System);

    /// <summary>Writes a journal, whatever it says, with the checksums that belong to it.</summary>
    internal static void Write(string path, Pan123ClientOptions options, params string[] entries)
    {
        var chain = new JournalChain();
        var header = JsonSerializer.SerializeToUtf8Bytes(JournalHeader.For(options, Given, TimeProvider.System.GetUtcNow()), JournalJson.Default.JournalHeader);
        File.WriteAllBytes(path, [.. chain.Encode(header), .. entries.SelectMany(entry => chain.Encode(Encoding.UTF8.GetBytes(entry)))]);
    }
}
