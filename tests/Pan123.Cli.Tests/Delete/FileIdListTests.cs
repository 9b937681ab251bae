using System.Text;
using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

/// <summary>The IDs that are given: as arguments, in files, on standard input.</summary>
public sealed class FileIdListTests : CommandLineFixture
{
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
            Assert.That((exitCode, Results.Lines[0]), Is.EqualTo((0, "6 files deleted permanently.")));
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
        var path = Write("ids.txt", "1\n\n2,3\n# -4\n-4\n3\n");

        var exitCode = await RunAsync($"delete --yes 1 --from {path}");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Is.EqualTo(
                $"{path}, line 3: '2,3' is not a file ID: a whole number from 1 to 9223372036854775807. Give one ID a line, or separate arguments by blanks. Of a CSV file take one column, such as the first: cut -d, -f1 FILE | pan123 delete --from -\n"
                + $"{path}, line 5: '-4' is not a file ID: a whole number from 1 to 9223372036854775807.\n"
                + "Nothing was sent.\n"));
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
            Assert.That(Messages.Lines[9], Is.EqualTo($"standard input, line 10: ' [2J{new string('x', 36)}…' is not a file ID: a whole number from 1 to 9223372036854775807."));
            Assert.That(Messages.Lines[10], Is.EqualTo("… and 1,224 more."));
        });
    }

    [Test]
    public async Task A_list_without_IDs_is_refused()
    {
        var path = Write("ids.txt", "\n# nothing\n");

        var exitCode = await RunAsync($"delete --yes --from {path}");

        Assert.That((exitCode, Messages.Output), Is.EqualTo((2, "There is no file ID: give some as arguments, or a file with --from. Nothing was sent.\n")));
    }

    [Test]
    public async Task A_folder_is_no_list()
    {
        Directory.CreateDirectory(Folder);

        var exitCode = await RunAsync($"delete --yes --from {Folder}");

        Assert.That((exitCode, Messages.Output.StartsWith($"The file IDs in '{Folder}' cannot be read: ", StringComparison.Ordinal)), Is.EqualTo((2, true)));
    }

    [Test]
    public async Task The_question_shows_where_a_long_list_begins_and_ends_and_what_it_costs()
    {
        CanAsk = true;
        Messages.Input.PushTextWithEnter("n");
        var path = Write("ids.txt", string.Join('\n', Enumerable.Range(1, 12_345).Append(7)));

        await RunAsync($"delete --from {path}");

        Assert.That(Messages.Output, Does.StartWith(
            $"12,345 files at {Emulator.BaseAddress}: 1, 2, 3, 4, 5, …, 12345\n"
            + "1 ID was given again; each is sent once.\n"
            + "124 requests, at most 10 a second: 12 s or longer.\n"
            + "Delete permanently? This cannot be undone."));
    }

    [Test]
    public async Task A_dry_run_shows_what_would_be_sent_and_sends_nothing()
    {
        Emulator.Drive.AddToRecycleBin(1, 2);

        var exitCode = await RunAsync("delete --dry-run 1 2 1");

        Assert.Multiple(() =>
        {
            Assert.That((exitCode, Results.Output), Is.EqualTo((0, $"2 files at {Emulator.BaseAddress}: 1, 2\n1 ID was given again; each is sent once.\n")));
            Assert.That(Emulator.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task A_dry_run_in_json_has_the_batches_that_would_be_sent()
    {
        Input = string.Join('\n', Enumerable.Range(1, 101));

        await RunAsync("delete --dry-run --json --from -");

        Assert.That(
            (Results.Lines.Count, Results.Lines[1]),
            Is.EqualTo((3, """{"outcome":"notSent","fileIds":[101],"message":"this is a dry run."}""")));
    }

    [Test]
    public async Task A_dry_run_needs_no_credentials()
    {
        Environment.Clear();

        Assert.That((await RunAsync("delete -n 1"), Results.Output), Is.EqualTo((0, "1 file at https://open-api.123pan.com/: 1\n")));
    }

    [Test]
    public async Task A_dry_run_is_refused_what_the_run_would_be_refused()
    {
        Environment["PAN123_CLIENT_ID"] = "id";

        Assert.That(await RunAsync("delete --dry-run 1"), Is.EqualTo(2));
    }

    [TestCase("14705\0\0\0", "There are zero characters")]
    [TestCase("+1", "is not a file ID")]
    [TestCase("1_000", "is not a file ID")]
    [TestCase("１", "is not a file ID")]
    [TestCase("1;2", "Give one ID a line")]
    [TestCase("name,1", "Give one ID a line")]
    [TestCase("1\t2", "Give one ID a line")]
    [TestCase("[1, 2]", "jq '.[]' FILE")]
    [TestCase("\"1\"", "jq '.[]' FILE")]
    [TestCase("@ids.txt", "--from FILE")]
    public async Task An_ID_is_digits_and_nothing_else_and_for_other_lists_there_is_a_hint(string line, string message)
    {
        Input = $"1\n{line}\n3";

        var exitCode = await RunAsync("delete --yes --from -");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(Messages.Output, Does.StartWith("standard input, line 2: ").And.Contain(message).And.EndsWith("Nothing was sent.\n"));
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

        Assert.That((exitCode, Messages.Output), Is.EqualTo(
            (expected, expected == 0 ? "" : $"standard input, line 2, has more than 4,096 characters, so this is not a list of file IDs: '2#{new string('x', 38)}…'. Nothing was sent.\n")));
    }

    [TestCase("1\r2\r\n3\n4")]
    [TestCase("\n1\n\r2\r\r3\n4\r")]
    public async Task Each_kind_of_line_end_is_one(string text)
    {
        Emulator.Drive.AddToRecycleBin(1, 2, 3, 4);
        Input = text;

        Assert.That((await RunAsync("delete --yes --from -"), Results.Lines[0]), Is.EqualTo((0, "4 files deleted permanently.")));
    }
}
