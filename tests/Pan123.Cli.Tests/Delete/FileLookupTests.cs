using System.Globalization;
using System.Text.Json;
using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

/// <summary>What is shown of the files that are about to be deleted, and that nothing depends on it.</summary>
public sealed class FileLookupTests : CommandLineFixture
{
    /// <summary>In the recycle bin: two files, one with a name that commands a terminal, a large one with a long Chinese name, and a folder; one that is alive.</summary>
    internal const string Tree =
        """
        [
          {"id": 1, "name": "holiday.mp4", "size": 1518564433, "trashed": true},
          {"id": 2, "name": "\u001b[2J evil\u202egpj.exe [red]x[/] :smile:", "size": 0, "trashed": true},
          {"id": 3, "name": "alive.txt", "size": 1000},
          {"id": 4, "name": "旅行照片 2024 夏天 北京 上海 西安 成都 重庆 杭州 苏州 南京 第一部分 原始文件.zip", "size": 999950, "trashed": true},
          {"id": 5, "name": "Backups", "trashed": true, "children": [{"id": 6, "name": "inside.txt", "size": 7}]}
        ]
        """;

    internal static bool IsLookup(RecordedRequest request) => request.PathAndQuery == "/api/v1/file/infos";

    private IEnumerable<long[]> LookedUp => IdsOf(request => IsLookup(request));

    private IEnumerable<long[]> Sent => IdsOf(request => !IsLookup(request));

    [Test]
    public async Task Before_the_question_there_are_names_sizes_their_sum_folders_and_what_cannot_be_deleted()
    {
        Emulator.Drive.AddTree(Tree);
        Answer("n");

        var exitCode = await RunAsync("delete 1 3 4 5 9");

        var lines = Messages.Lines;
        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Sent.Count()), Is.EqualTo((2, 0)));
            Assert.That(lines[0], Does.StartWith("5 ").And.Contain(Emulator.BaseAddress.AbsoluteUri));
            Assert.That(lines[1], Does.Match("^  1  holiday\\.mp4 .* 1\\.4 GiB$"));
            Assert.That(lines[2], Does.Match("^  4  旅行照片.*\\.zip +976\\.5 KiB$"));
            Assert.That(lines[3], Does.Match("^  5  Backups +folder$"));
            Assert.That(lines[4], Does.Contain("2 files with 1.4 GiB").And.Contain("1 folder"));
            Assert.That(lines[5], Does.Contain("not in the recycle bin").And.EndsWith(": 3"));
            Assert.That(lines[6], Does.Contain("not known").And.EndsWith(": 9"));
            Assert.That(lines[7], Does.Contain("[y/n]"));
        });
    }

    [Test]
    public async Task Nothing_is_left_out_because_of_what_the_service_says_of_it([Values] bool lookup)
    {
        Emulator.Drive.AddTree(Tree);
        Answer("y");

        await RunAsync($"delete 1 3 4 5 9 {(lookup ? "" : "--no-lookup")}");

        Assert.That((LookedUp.Count(), Sent.Single()), Is.EqualTo((lookup ? 1 : 0, (long[])[1, 3, 4, 5, 9])));
    }

    [TestCase("", "file-10.bin", "file-11.bin", "… and 2 more", "101, 102, 103, 104, 105, … (12 files")]
    [TestCase("--verbose", "file-12.bin", "more", "101, 102", "105, 106, 107, 108, 109, 110, 111, 112")]
    public async Task The_first_ones_are_shown_or_all_of_them(string option, string shown, string notShown, string more, string ids)
    {
        Give([.. Ids(1, 12), .. Ids(101, 12)], inBin: 12);

        await RunAsync($"delete --dry-run {option} --from -");

        Assert.That(Results.Output, Does.Contain(shown).And.Not.Contain(notShown).And.Contain(more).And.Contain(ids));
    }

    [Test]
    public async Task Of_a_long_list_the_beginning_is_looked_up_and_all_is_deleted()
    {
        Give(Ids(1, 1150), inBin: 1150);
        Answer("1150");

        var exitCode = await RunAsync("delete --from -");

        Assert.Multiple(() =>
        {
            Assert.That(LookedUp.SelectMany(ids => ids), Is.EquivalentTo(Ids(1, 1000)));
            Assert.That(LookedUp.Count(), Is.EqualTo(10));
            Assert.That(Messages.Lines.Count(line => line.Contains("1,000 files were", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((0, 1150)));
        });
    }

    [Test]
    public async Task A_list_of_a_million_costs_no_more_requests_or_memory_than_one_of_a_thousand()
    {
        Give(Ids(1, 1_000_000), inBin: 1000);
        var fileIds = new CountedIds(1_000_000);
        var lookup = new FileLookup(fileIds, 1_000_000, maxShown: 10);

        Assert.That((lookup.FileCount, fileIds.Read), Is.EqualTo((FileLookup.MaxFiles, FileLookup.MaxFiles)));
        await RunAsync("delete --dry-run --from -");
        Assert.That(Emulator.Requests.Count, Is.EqualTo(10));
    }

    [TestCase("rejected", "5113")]
    [TestCase("no valid response", "envelope")]
    [TestCase("too long", "30 s")]
    public async Task A_lookup_that_fails_is_told_in_a_line_and_the_question_is_asked(string failure, string reason)
    {
        Emulator.Drive.AddToRecycleBin(1, 2);
        Emulator.Faults.Enqueue(failure switch
        {
            "rejected" => Fault.BodyCode(5113, "no traffic"),
            "too long" => Fault.StalledHeaders(),
            _ => Fault.EmptyBody(),
        });
        Answer("y");

        var run = RunAsync("delete 1 2");
        await Emulator.WaitForRequestAsync();
        if (failure == "too long")
        {
            Clock.Advance(TimeSpan.FromSeconds(30));
        }

        var exitCode = await run;
        var lines = Messages.Lines.SkipWhile(line => line.StartsWith("Looking", StringComparison.Ordinal)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((0, 2)));
            Assert.That(lines[0], Does.EndWith(": 1, 2"));
            Assert.That(lines[1], Does.StartWith("2 files could not be looked up:").And.Contain(reason));
            Assert.That(lines[2], Does.Contain("[y/n]"));
        });
    }

    [Test]
    public async Task Where_nobody_listens_the_question_is_asked_all_the_same()
    {
        await Emulator.DisposeAsync();
        Answer("n");

        var exitCode = await RunAsync("delete 1");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(Messages.Lines[1], Does.StartWith("1 file could not be looked up:").And.Contain(Emulator.BaseAddress.AbsoluteUri).And.Not.Contain("Nothing was sent"));
    }

    [Test]
    public async Task What_was_looked_up_before_a_failure_is_shown_and_the_others_are_counted()
    {
        Give(Ids(1, 450), inBin: 450);
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));

        var exitCode = await RunAsync("delete --dry-run --from -");

        var failed = Results.Lines.Single(line => line.Contains("could not be looked up", StringComparison.Ordinal)).Split(' ')[0];
        var found = Results.Lines.SingleOrDefault(line => line.StartsWith("In the recycle bin: ", StringComparison.Ordinal))?.Split(' ')[4] ?? "0";
        Assert.That((exitCode, int.Parse(failed, CultureInfo.InvariantCulture) + int.Parse(found, CultureInfo.InvariantCulture)), Is.EqualTo((0, 450)), Results.Output);
    }

    [Test]
    public async Task Ctrl_C_meanwhile_sends_nothing_and_asks_nothing()
    {
        Emulator.Drive.AddToRecycleBin(1);
        Emulator.Faults.Enqueue(Fault.StalledHeaders());
        Answer("y");

        var run = RunAsync("delete 1");
        await Emulator.WaitForRequestAsync();
        Interruption.Interrupt();
        var exitCode = await run;

        Assert.That((exitCode, Sent.Count(), Messages.Output.Contains("[y/n]", StringComparison.Ordinal)), Is.EqualTo((2, 0, false)));
    }

    [TestCase("delete --yes 1 2", false, 0)]
    [TestCase("delete --yes 1 2", true, 0)]
    [TestCase("delete --yes --json 1 2", false, 0)]
    [TestCase("delete --dry-run --json 1 2", false, 0)]
    [TestCase("delete --dry-run --no-lookup 1 2", false, 0)]
    [TestCase("delete --no-lookup 1 2", true, 0)]
    [TestCase("delete --max-delete 1 1 2", true, 0)]
    [TestCase("delete 1 2", false, 0)]
    [TestCase("delete 1 2", true, 1)]
    [TestCase("delete --quiet 1 2", true, 1)]
    [TestCase("delete --json 1 2", true, 1)]
    [TestCase("delete --dry-run 1 2", false, 1)]
    public async Task Files_are_looked_up_where_somebody_reads_it(string arguments, bool canAsk, int requests)
    {
        Emulator.Drive.AddToRecycleBin(1, 2);
        CanAsk = canAsk;
        Messages.Input.PushTextWithEnter("n");

        await RunAsync(arguments);

        Assert.That((LookedUp.Count(), (Results.Output + Messages.Output).Contains("file-2.bin", StringComparison.Ordinal)), Is.EqualTo((requests, requests > 0)));
    }

    [TestCase("", true)]
    [TestCase("--no-lookup", false)]
    [TestCase("--quiet", false)]
    [TestCase("--json", false)]
    public async Task The_emulator_of_this_process_shows_what_it_deletes(string option, bool shows)
    {
        var exitCode = await RunAsync($"delete --emulator {option} 14705301");

        Assert.That((exitCode, Messages.Output.Contains("file-14705301.bin", StringComparison.Ordinal), Results.Output.Contains("_emulator-2", StringComparison.Ordinal)), Is.EqualTo((0, shows, shows)));
    }

    [Test]
    public async Task A_dry_run_without_credentials_says_that_it_looked_nothing_up()
    {
        Environment.Remove("PAN123_ACCESS_TOKEN");

        var exitCode = await RunAsync("delete --dry-run 1 2");

        Assert.That((exitCode, Emulator.Requests.Count), Is.EqualTo((0, 0)));
        Assert.That(Results.Lines[0], Does.EndWith(": 1, 2"));
        Assert.That(Results.Lines[1], Does.Contain("looked up").And.Contain("credentials"));
    }

    [Test]
    public async Task What_the_journal_knows_as_deleted_is_not_looked_up()
    {
        Emulator.Drive.AddToRecycleBin(Ids(1, 150));
        Input = string.Join('\n', Ids(1, 150));
        var journal = Path.Combine(Folder, "run.log");
        Directory.CreateDirectory(Folder);
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));
        await RunAsync($"delete --yes --concurrency 1 --journal {journal} --from -");

        await RunAsync($"delete --dry-run --journal {journal} --from -");

        Assert.That(LookedUp.Single(), Is.EqualTo(Ids(1, 100)));
    }

    [Test]
    public async Task A_name_commands_no_terminal_and_is_no_markup()
    {
        Emulator.Drive.AddTree(Tree);

        await RunAsync("delete --dry-run 2");

        Assert.That(Results.Lines[1], Does.Contain("evil gpj.exe [red]x[/] :smile:").And.Not.Contain('\e').And.Not.Contain('\u202e'));
    }

    [TestCase("no", false)]
    [TestCase("", false)]
    [TestCase("1001", true)]
    [TestCase(" 1,001 ", true)]
    public async Task Of_more_than_a_thousand_files_the_number_is_typed(string typed, bool isYes)
    {
        using var console = new TestConsole().Interactive();
        foreach (var line in (string[])["y", "yes", "1000", "1002", "-1001", "1001.0", typed])
        {
            console.Input.PushTextWithEnter(line);
        }

        Assert.That(await Confirmation.AskAsync(console, "Delete?", 1001, CancellationToken.None), Is.EqualTo(isYes));
        Assert.That(console.Input.IsKeyAvailable(), Is.False, "All others are asked for again.");
    }

    [Test]
    public async Task Of_a_thousand_files_a_yes_is_enough()
    {
        using var console = new TestConsole().Interactive();
        console.Input.PushTextWithEnter("y");

        Assert.That(await Confirmation.AskAsync(console, "Delete?", 1000, CancellationToken.None), Is.True);
    }

    [TestCase("--from -", "y", 2, 0)]
    [TestCase("--from -", "1001", 0, 1001)]
    [TestCase("--yes --from -", "", 0, 1001)]
    public async Task A_deletion_of_many_files_wants_their_number(string arguments, string typed, int expected, int deleted)
    {
        Give(Ids(1, 1001), inBin: 1001);
        Answer(typed);
        Messages.Input.PushTextWithEnter("no");

        var exitCode = await RunAsync($"delete --no-lookup {arguments}");

        Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((expected, deleted)));
    }

    [TestCase("photo.jpg", 9, "photo.jpg")]
    [TestCase("0123456789.txt", 9, "0123….txt")]
    [TestCase("旅行照片.zip", 12, "旅行照片.zip")]
    [TestCase("旅行照片.zip", 11, "旅行照….zip")]
    [TestCase("旅行照片.zip", 10, "旅行….zip")]
    [TestCase("e\u0301e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301…e\u0301")]
    [TestCase("a\r\nb\u202ec\0d", 20, "a  b c d")]
    [TestCase("😀😀😀", 5, "😀…😀")]
    [TestCase("abc", 1, "…")]
    public void A_long_name_is_cut_in_its_middle(string name, int width, string expected) => Assert.That(FileName.Format(name, width), Is.EqualTo(expected));

    [Test]
    public void A_name_that_no_drive_allows_costs_little()
    {
        var name = $"a{new string('\u200b', 5_000_000)}.txt";

        Assert.That(FileName.Format(name, 80), Does.StartWith("a ").And.EndWith(" .txt").And.Length.EqualTo(80));
    }

    [TestCase(0, "0 B")]
    [TestCase(1023, "1023 B")]
    [TestCase(1024, "1.0 KiB")]
    [TestCase(1_048_524, "1023.9 KiB")]
    [TestCase(1_048_526, "1.0 MiB")]
    [TestCase(518_564_433, "494.5 MiB")]
    [TestCase(long.MaxValue, "8.0 EiB")]
    public void A_size_is_as_people_say_it(long bytes, string text) => Assert.That(ByteSize.Format(bytes), Is.EqualTo(text));

    [Test]
    public async Task Sizes_that_cannot_be_true_are_shown_all_the_same()
    {
        Emulator.Drive.AddFile("a", long.MaxValue, fileId: 1);
        Emulator.Drive.AddFile("b", long.MaxValue, fileId: 2);
        Emulator.Drive.AddToRecycleBin(1, 2);

        await RunAsync("delete --dry-run 1 2");

        Assert.That(Results.Output, Does.Contain("2 files with 8.0 EiB"));
    }

    private static IEnumerable<long> Ids(int first, int count) => Enumerable.Range(first, count).Select(id => (long)id);

    private void Give(IEnumerable<long> fileIds, int inBin)
    {
        Emulator.Drive.AddToRecycleBin(fileIds.Take(inBin));
        Input = string.Join('\n', fileIds);
    }

    private void Answer(string typed)
    {
        CanAsk = true;
        Messages.Input.PushTextWithEnter(typed);
    }

    private IEnumerable<long[]> IdsOf(Func<RecordedRequest, bool> isWanted) =>
        from request in Emulator.Requests
        where isWanted(request)
        select JsonDocument.Parse(request.BodyText).RootElement.EnumerateObject().Single().Value.EnumerateArray().Select(id => id.GetInt64()).ToArray();

    /// <summary>Counts how many of them are read.</summary>
    private sealed class CountedIds(int count) : IEnumerable<long>
    {
        public int Read { get; private set; }

        public IEnumerator<long> GetEnumerator()
        {
            for (var id = 1; id <= count; id++)
            {
                Read++;
                yield return id;
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
