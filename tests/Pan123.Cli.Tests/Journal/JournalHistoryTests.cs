using System.Text;
using System.Text.Json;

namespace Pan123.Cli.Tests;

/// <summary>What a journal must not say, even where each checksum matches: it would have come from a fault in the program.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class JournalHistoryTests
{
    private const string Sending1 = """{"time":"2026-01-01T00:00:00+00:00","batch":1,"state":"sending","fileIds":[1,2]}""";
    private const string Deleted1 = """{"time":"2026-01-01T00:00:00+00:00","batch":1,"state":"deleted","traceId":"t"}""";

    private static readonly long[] Given = [.. Enumerable.Range(1, 200).Select(id => (long)id)];

    private static readonly Pan123ClientOptions Options = new() { BaseAddress = new Uri("https://example.com/"), AccessToken = "token" };

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case("batch 2 follows batch 0", Sending1.Replace("\"batch\":1", "\"batch\":2", StringComparison.Ordinal));
        yield return Case("batch 1 follows batch 1", Sending1, Sending1);
        yield return Case("batch 0 follows batch 0", Sending1.Replace("\"batch\":1", "\"batch\":0", StringComparison.Ordinal));
        yield return Case("it is a verdict on batch 1, which was not sent or has one already", Deleted1);
        yield return Case("it is a verdict on batch 1, which was not sent or has one already", Sending1, Deleted1, Deleted1);
        yield return Case("it is a verdict on batch 9, which was not sent or has one already", Sending1, Deleted1.Replace("\"batch\":1", "\"batch\":9", StringComparison.Ordinal));
        yield return Case("it is a verdict on batch 1 that has files, or whose files were sent again since", Sending1, Sending1.Replace("\"batch\":1", "\"batch\":2", StringComparison.Ordinal), Deleted1);
        yield return Case("it is a verdict on batch 1 that has files, or whose files were sent again since", Sending1, Deleted1.Replace("\"traceId\":\"t\"", "\"fileIds\":[3]", StringComparison.Ordinal));
        yield return Case("file 2 of batch 2 was deleted before", Sending1, Deleted1, Sending([2, 3], batch: 2));
        yield return Case("file 201 of batch 1 is not among those given", Sending([1, 201]));
        yield return Case("file -1 of batch 1 is not among those given", Sending([-1]));
        yield return Case("file 1 is in batch 1 twice", Sending([1, 2, 1]));
        yield return Case("batch 1 has no files, too many, or the trace ID of a response", Sending([]));
        yield return Case("batch 1 has no files, too many, or the trace ID of a response", Sending(Enumerable.Range(1, 101)));
        yield return Case("batch 1 has no files, too many, or the trace ID of a response", Sending1.Replace(",\"fileIds\":[1,2]", "", StringComparison.Ordinal));
        yield return Case("batch 1 has no files, too many, or the trace ID of a response", Sending1.Replace("]}", "],\"traceId\":\"t\"}", StringComparison.Ordinal));
        foreach (var line in new[]
        {
            Sending1.Replace("sending", "gone", StringComparison.Ordinal),
            Sending1.Replace("sending", "Sending", StringComparison.Ordinal),
            Sending1.Replace("\"sending\"", "0", StringComparison.Ordinal),
            Sending1.Replace("\"batch\":1", "\"batch\":1,\"batch\":1", StringComparison.Ordinal),
            Sending1.Replace("\"batch\"", "\"Batch\"", StringComparison.Ordinal),
            Sending1.Replace("\"batch\":1,", "", StringComparison.Ordinal),
            Sending1.Replace("\"batch\":1", "\"batch\":\"1\"", StringComparison.Ordinal),
            Sending1.Replace("]}", "],\"more\":1}", StringComparison.Ordinal),
            "{\"batch\":1}",
        })
        {
            yield return Case("it does not have the properties of such a line", line);
        }
    }

    [TestCaseSource(nameof(Wrong))]
    public void What_no_run_can_have_written_is_refused_although_its_checksum_matches(string damage, string[] entries)
    {
        var path = Path.GetTempFileName();
        try
        {
            Write(path, entries);

            var refused = Assert.Throws<UsageException>(() => Open(path).Dispose());

            Assert.That(refused!.Message, Does.StartWith($"The journal '{path}' is damaged at line {entries.Length + 1}: {damage}. "));
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
            Write(path, Sending1, Deleted1, Sending([3], batch: 2), Sending([3], batch: 3));

            using var journal = Open(path);

            Assert.That(
                (journal.History.LastBatch, journal.History.Deleted.Single().FileIds, journal.History.WithoutVerdict.Single()),
                Is.EqualTo((3, new long[] { 1, 2 }, new long[] { 3 })));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static TestCaseData Case(string damage, params string[] entries) => new(damage, entries);

    private static string Sending(IEnumerable<int> fileIds, int batch = 1) =>
        $$"""{"time":"2026-01-01T00:00:00+00:00","batch":{{batch}},"state":"sending","fileIds":[{{string.Join(',', fileIds)}}]}""";

    private static Journal Open(string path) => Journal.Open(path, Options, Given, isSameAccount: false, TimeProvider.System);

    // Whatever it says, with the checksums that belong to it.
    private static void Write(string path, params string[] entries)
    {
        var chain = new JournalChain();
        var header = JsonSerializer.SerializeToUtf8Bytes(JournalHeader.For(Options, Given, TimeProvider.System.GetUtcNow()), JournalJson.Default.JournalHeader);
        File.WriteAllBytes(path, [.. chain.Encode(header), .. entries.SelectMany(entry => chain.Encode(Encoding.UTF8.GetBytes(entry)))]);
    }
}
