using System.Text;
using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

/// <summary>The IDs that are given: as arguments, in files, on standard input.</summary>
public sealed class FileIdListTests : CommandLineFixture
{
    /// <summary>The third and the fifth.</summary>
    internal const string TwoBadLines = "1\n\n2,3\n# -4\n-4\n3\n";

    /// <summary>Lines that no ID is on. The hints that are given for them, <c>Messages.approved.txt</c> has.</summary>
    internal static IReadOnlyList<string> OtherLines { get; } = ["14705\0\0\0", "+1", "1_000", "１", "1;2", "name,1", "1\t2", "[1, 2]", "\"1\"", "@ids.txt"];

    [Test]
    public async Task Arguments_files_and_standard_input_go_together_and_each_ID_is_sent_once()
    {
        Emulator.Drive.AddToRecycleBin(1, 2, 3, 4, 5, 6);
        var first = Write("first.txt", "2\n\n# a comment\n  3  # another\r\n\t4\t\r\n");
        var second = Write("second.txt", "4\n1\n5");
        Input = "6\n";

        var exitCode = await RunAsync($"delete --yes 1 2 --from {first} --from {second} --from -");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((0, 6)));
            Assert.That(Emulator.Requests.Single().BodyText, Is.EqualTo("""{"fileIDs":[1,2,3,4,5,6]}"""));
        });
    }

    [Test]
    public async Task A_file_is_read_as_editors_and_shells_write_it([Values("utf-8", "utf-16", "utf-16BE")] string encoding)
    {
        Emulator.Drive.AddToRecycleBin(1, 2);
        var path = Write("ids.txt", "1\r\n2\r\n", Encoding.GetEncoding(encoding));

        Assert.That(await RunAsync($"delete --yes --from {path}"), Is.Zero);
    }

    [Test]
    public async Task A_bad_line_is_named_with_its_number_and_keeps_everything_from_being_sent()
    {
        Emulator.Drive.AddToRecycleBin(1, 2, 3);
        var path = Write("ids.txt", TwoBadLines);

        var exitCode = await RunAsync($"delete --yes 1 --from {path}");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Lines, Has.Count.EqualTo(3));
            Assert.That(Messages.Lines[0], Does.StartWith($"{path}, line 3: '2,3' "));
            Assert.That(Messages.Lines[1], Does.StartWith($"{path}, line 5: '-4' "));
            Assert.That(Emulator.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task Of_many_bad_lines_the_first_ten_are_named_shortened_and_without_what_a_terminal_would_obey()
    {
        Input = string.Concat(Enumerable.Repeat($"\u001b[2J{new string('x', 1000)}\n", 1234));

        await RunAsync("delete --yes --from -");

        Assert.Multiple(() =>
        {
            Assert.That(Messages.Lines, Has.Count.EqualTo(12));
            Assert.That(Messages.Lines[9], Does.Contain("line 10: ").And.Contain($"' [2J{new string('x', 36)}…'").And.Length.LessThan(200));
            Assert.That(Messages.Lines[10], Does.Contain("1,224"));
        });
    }

    [Test]
    public async Task A_list_without_IDs_is_rejected()
    {
        var path = Write("ids.txt", "\n# nothing\n");

        var exitCode = await RunAsync($"delete --yes --from {path}");

        Assert.That((exitCode, Messages.Output.Contains("--from", StringComparison.Ordinal), Emulator.Requests.Count), Is.EqualTo((2, true, 0)), Messages.Output);
    }

    [Test]
    public async Task A_folder_is_no_list()
    {
        Directory.CreateDirectory(Folder);

        var exitCode = await RunAsync($"delete --yes --from {Folder}");

        Assert.That((exitCode, Messages.Output.Contains($"'{Folder}'", StringComparison.Ordinal)), Is.EqualTo((2, true)), Messages.Output);
    }

    [Test]
    public async Task The_question_shows_where_a_long_list_begins_and_ends_and_what_it_costs()
    {
        CanAsk = true;
        Messages.Input.PushTextWithEnter("n");
        var path = Write("ids.txt", string.Join('\n', Enumerable.Range(1, 12_345).Append(7)));

        await RunAsync($"delete --no-lookup --from {path}");

        Assert.Multiple(() =>
        {
            Assert.That(Messages.Lines[0], Does.StartWith("12,345 ").And.Contain(Emulator.BaseAddress.AbsoluteUri).And.EndsWith(" 1, 2, 3, 4, 5, …, 12345"));
            Assert.That(Messages.Lines[1], Does.StartWith("1 "), "It was given again.");
            Assert.That(Messages.Lines[2], Does.StartWith("124 ").And.Contain(" 10 ").And.Contain(" 12 s "), "Requests, their limit, and how long they take.");
        });
    }

    [Test]
    public async Task A_dry_run_shows_what_would_be_sent_and_sends_nothing()
    {
        Emulator.Drive.AddToRecycleBin(1, 2);

        var exitCode = await RunAsync("delete --dry-run --no-lookup 1 2 1");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Results.Lines.Count), Is.EqualTo((0, 2)));
            Assert.That(Results.Lines[0], Does.StartWith("2 ").And.Contain(Emulator.BaseAddress.AbsoluteUri).And.EndsWith(" 1, 2"));
            Assert.That(Results.Lines[1], Does.StartWith("1 "), "It was given again.");
            Assert.That(Emulator.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task A_dry_run_in_json_has_the_batches_that_would_be_sent()
    {
        Input = string.Join('\n', Enumerable.Range(1, 101));

        await RunAsync("delete --dry-run --json --from -");

        Assert.Multiple(() =>
        {
            Assert.That(Results.Lines, Has.Count.EqualTo(3));
            Assert.That(Results.Lines[1], Does.StartWith("""{"outcome":"notSent","fileIds":[101],"message":"""));
        });
    }

    [Test]
    public async Task A_dry_run_needs_no_credentials()
    {
        Environment.Clear();

        Assert.That((await RunAsync("delete -n 1"), Results.Output.Contains("https://open-api.123pan.com/", StringComparison.Ordinal)), Is.EqualTo((0, true)), Results.Output);
    }

    [Test]
    public async Task A_dry_run_rejects_what_the_run_would_reject()
    {
        Environment["PAN123_CLIENT_ID"] = "id";

        Assert.That(await RunAsync("delete --dry-run 1"), Is.EqualTo(2));
    }

    [TestCaseSource(nameof(OtherLines))]
    public async Task An_ID_is_digits_and_nothing_else_and_for_other_lists_there_is_a_hint(string line)
    {
        Input = $"1\n{line}\n3";

        var exitCode = await RunAsync("delete --yes --from -");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Lines, Has.Count.EqualTo(2));
            Assert.That(Messages.Lines[0], Does.Contain("line 2: "));
            Assert.That(Emulator.Requests, Is.Empty);
        });
    }

    [TestCase(4096, 0)]
    [TestCase(4097, 2)]
    public async Task A_line_has_a_limit(int length, int expected)
    {
        Emulator.Drive.AddToRecycleBin(1, 2);
        Input = $"1\r\n2{"#".PadRight(length - 1, 'x')}\n";

        var exitCode = await RunAsync("delete --yes --from -");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(expected));
            Assert.That(Messages.Output, expected == 0 ? Is.Empty : Does.Contain("line 2").And.Contain("4,096").And.Contain($"'2#{new string('x', 38)}…'"));
            Assert.That(Emulator.Requests, Has.Count.EqualTo(expected == 0 ? 1 : 0));
        });
    }

    [TestCase("1\r2\r\n3\n4")]
    [TestCase("\n1\n\r2\r\r3\n4\r")]
    public async Task Each_kind_of_line_end_is_one(string text)
    {
        Emulator.Drive.AddToRecycleBin(1, 2, 3, 4);
        Input = text;

        Assert.That((await RunAsync("delete --yes --from -"), Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((0, 4)));
    }
}
