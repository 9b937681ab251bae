using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <summary>What a user reads about a journal that cannot be continued; nothing is sent then.</summary>
public sealed partial class DamagedJournalTests : CommandLineFixture
{
    private const string ByChecksum = "checksum";
    private const string ByEnd = "no end";

    private static readonly long[] Ids = [.. Enumerable.Range(1, 250).Select(id => (long)id)];

    private string Path => System.IO.Path.Combine(Folder, "run.log");

    [GeneratedRegex(",\"checksum\":\"[0-9a-f]+\"")]
    private static partial Regex Checksum { get; }

    [SetUp]
    public async Task WriteJournalAsync()
    {
        Directory.CreateDirectory(Folder);
        Emulator.Drive.AddToRecycleBin(Ids);
        Input = string.Join('\n', Ids);
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));
        await DeleteAsync();
    }

    [Test]
    public Task A_rejected_batch_that_a_changed_line_calls_deleted_is_not_taken_for_it() =>
        AssertDamagedAsync(text => text.Replace("rejected", "deleted", StringComparison.Ordinal), line: 3, ByChecksum);

    [Test]
    public Task A_batch_whose_number_is_changed_is_noticed() =>
        AssertDamagedAsync(text => text.Replace("\"batch\":2,\"state\":\"sending\"", "\"batch\":1,\"state\":\"sending\"", StringComparison.Ordinal), line: 4, ByChecksum);

    [Test]
    public Task A_line_that_is_moved_is_noticed() => AssertDamagedAsync(lines => [.. lines[..3], lines[4], lines[3], .. lines[5..]], line: 4);

    [Test]
    public Task A_line_that_is_removed_is_noticed() => AssertDamagedAsync(lines => [.. lines[..2], .. lines[3..]], line: 3);

    [Test]
    public Task A_line_that_is_doubled_is_noticed() => AssertDamagedAsync(lines => [.. lines[..3], lines[2], .. lines[3..]], line: 4);

    [Test]
    public Task An_empty_line_at_the_end_is_noticed() => AssertDamagedAsync(lines => [.. lines, "\n"], line: 8);

    [Test]
    public Task Zeros_and_a_line_end_after_them_are_noticed() => AssertDamagedAsync(text => $"{text}\0\0\0\n", line: 8, ByChecksum);

    [Test]
    public Task Windows_line_ends_are_noticed() => AssertDamagedAsync(text => text.Replace("\n", "\r\n", StringComparison.Ordinal), line: 1, ByChecksum);

    [Test]
    public Task A_last_line_end_that_is_something_else_is_noticed() =>
        AssertDamagedAsync(text => $"{text[..^1]}\u000b", line: 7, ByEnd);

    [Test]
    public Task A_journal_without_any_line_end_is_not_taken_for_the_beginning_of_one() =>
        AssertDamagedAsync(text => text.Replace('\n', '\r'), line: 1, ByEnd);

    [Test]
    public Task More_zeros_than_a_line_has_are_not_taken_for_one() =>
        AssertDamagedAsync(text => text + new string('\0', 5000), line: 8, ByEnd);

    [Test]
    public async Task A_line_of_another_journal_of_the_same_files_is_noticed()
    {
        var other = await File.ReadAllLinesAsync(Path);
        File.Delete(Path);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await DeleteAsync();

        await AssertDamagedAsync(lines => [.. lines[..5], $"{other[5]}\n", .. lines[6..]], line: 6);
    }

    [TestCase("\0\0\0")]
    [TestCase("{")]
    [TestCase("{\"time\":\"2026-01-01T00:00:00+00:00\",\"batch\":4,\"state\":\"sending\",\"fileIds\":[1,2")]
    [TestCase("{\"time\":\"2026-01-01T00:0\0\0\0\0")]
    public async Task What_a_write_that_was_interrupted_leaves_is_cut_off(string tail)
    {
        var whole = await File.ReadAllTextAsync(Path);
        await File.AppendAllTextAsync(Path, tail);

        var exitCode = await DeleteAsync();

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((0, 250)));
            Assert.That(File.ReadAllText(Path), Does.StartWith($"{whole}{{\"time\":"));
        });
        Assert.That(await DeleteAsync(), Is.Zero, "The line after it follows the one before it.");
    }

    [Test]
    public async Task A_journal_that_is_cut_off_before_the_damaged_line_goes_on()
    {
        var lines = (await File.ReadAllLinesAsync(Path)).Select(line => $"{line}\n").ToArray();
        await File.WriteAllTextAsync(Path, string.Concat(lines[..5]));

        var exitCode = await DeleteAsync("--isolate");

        Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((1, 250)), "The service rejects those that the lost lines called deleted.");
    }

    [Test]
    public async Task A_journal_without_checksums_is_rejected_with_what_to_do()
    {
        await ChangeAsync(text => Checksum.Replace(text, "").Replace("\"pan123Journal\":2", "\"pan123Journal\":1", StringComparison.Ordinal));

        await AssertRejectedAsync("version 1", "--isolate");
    }

    [Test]
    public async Task A_journal_of_a_later_version_is_rejected()
    {
        await ChangeAsync(text => text.Replace("\"pan123Journal\":2", "\"pan123Journal\":3", StringComparison.Ordinal));

        await AssertRejectedAsync("version 3", "version 2", "--isolate");
    }

    [TestCase("\u00ef\u00bb\u00bf")]
    [TestCase("\n")]
    [TestCase(" ")]
    [TestCase("\0")]
    public async Task What_does_not_begin_as_a_journal_does_is_rejected(string before)
    {
        await ChangeAsync(text => before + text);

        await AssertRejectedAsync("line 1");
    }

    [Test]
    public async Task A_file_that_is_too_large_for_a_journal_is_rejected()
    {
        await using (var file = new FileStream(Path, FileMode.Open))
        {
            file.SetLength(Array.MaxLength + 1L);
        }

        var exitCode = await DeleteAsync();

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(Messages.Lines[^1], Does.Contain($"'{Path}'").And.Contain($" {Array.MaxLength + 1L} "));
    }

    private Task<int> DeleteAsync(string more = "") => RunAsync($"delete --yes --concurrency 1 --journal {Path} {more} --from -");

    // One byte is one character.
    private async Task ChangeAsync(Func<string, string> change) =>
        await File.WriteAllTextAsync(Path, change(await File.ReadAllTextAsync(Path, Encoding.Latin1)), Encoding.Latin1);

    private Task AssertDamagedAsync(Func<string[], string[]> change, int line) =>
        AssertDamagedAsync(text => string.Concat(change([.. text.Split('\n')[..^1].Select(each => $"{each}\n")])), line, ByChecksum);

    private async Task AssertDamagedAsync(Func<string, string> change, int line, string damage)
    {
        await ChangeAsync(change);

        await AssertRejectedAsync(string.Create(CultureInfo.InvariantCulture, $"line {line}: "), damage, "--isolate");
    }

    /// <param name="parts">What the one sentence or two about it must have in them, besides the journal's name.</param>
    private async Task AssertRejectedAsync(params string[] parts)
    {
        var (journal, requests, before) = (await File.ReadAllBytesAsync(Path), Emulator.Requests.Count, Messages.Output.Length);

        var exitCode = await DeleteAsync();

        var said = Messages.Output[before..].TrimEnd();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(exitCode, Is.EqualTo(ExitCode.Usage));
            Assert.That(said, Does.Contain($"'{Path}'").And.Not.Contain('\n'));
            Assert.That(parts.Where(part => !said.Contains(part, StringComparison.Ordinal)), Is.Empty, said);
            Assert.That(Emulator.Requests, Has.Count.EqualTo(requests));
            Assert.That(await File.ReadAllBytesAsync(Path), Is.EqualTo(journal), "It stays as it is.");
        });
    }
}
