using System.Text.Json;
using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

public sealed class EmptyCommandTests : CommandLineFixture
{
    private const string Fast = "--requests-per-second 1000000";

    [Test]
    public async Task Of_a_large_tree_exactly_what_is_in_the_bin_is_deleted_each_once()
    {
        var tree = new LargeTree(Emulator.Drive);

        var exitCode = await RunAsync($"empty --yes {Fast}");

        var sent = Emulator.Requests.SelectMany(request => request.DeletedFileIds);
        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero, Messages.Output);
            Assert.That(sent, Is.EquivalentTo(tree.Trashed));
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EquivalentTo(tree.Trashed));
            Assert.That(tree.Active.All(id => Emulator.Drive.GetState(id) == FileState.Active));
            Assert.That(Emulator.Requests, Has.Count.InRange(tree.MinRequests + 50, (tree.MinRequests + 50) * 1.1));
            Assert.That(Results.Output, Is.EqualTo("5,000 files deleted permanently.\n"));
        });
    }

    [Test]
    public async Task What_is_in_a_folder_in_the_bin_is_deleted_before_it_whatever_the_service_marks([Values] bool isMarked, [Values] bool folderDeletionIncludesContent)
    {
        await StartAsync(new Pan123EmulatorOptions { AssumedContentIsMarkedAsTrashed = isMarked, AssumedFolderDeletionIncludesContent = folderDeletionIncludesContent });
        var folder = Emulator.Drive.AddFolder("in the bin");
        var inner = Emulator.Drive.AddFolder("inner", folder);
        long[] files = [.. Enumerable.Range(0, 400).Select(number => Emulator.Drive.AddFile($"{number}", number, inner))];
        long[] trashed = [.. files.Where(id => id % 2 == 0), folder];
        Emulator.Drive.AddToRecycleBin(trashed);
        var (inFlight, mostInFlight) = (0, 0);
        BeforeAnswer = async () =>
        {
            mostInFlight = Math.Max(mostInFlight, Interlocked.Increment(ref inFlight));
            // Long enough for another request to come, if one is sent.
            await Task.Delay(10);
            Interlocked.Decrement(ref inFlight);
        };

        var exitCode = await RunAsync("empty --yes");

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero, Results.Output);
            Assert.That(Emulator.Drive.Count(FileState.InRecycleBin), Is.Zero);
            Assert.That(Emulator.Drive.DeletedFileIds, Is.Unique.And.SupersetOf(trashed));
            Assert.That(mostInFlight, Is.EqualTo(1), "Each batch waits for what is in its folders.");
        });
    }

    [TestCase(2, "y", 2)]
    [TestCase(2, "n", 0)]
    [TestCase(1000, "yes", 1000)]
    [TestCase(1001, "1001", 1001)]
    [TestCase(1001, "1,001", 1001)]
    [TestCase(1001, "y|yes|1000|n", 0)]
    [TestCase(1001, "", 0)]
    public async Task It_asks_and_of_many_files_the_number_is_typed(int files, string typed, int deleted)
    {
        Emulator.Drive.AddToRecycleBin(Enumerable.Range(1, files).Select(id => (long)id));
        CanAsk = true;
        foreach (var line in typed.Split('|'))
        {
            Messages.Input.PushTextWithEnter(line);
        }

        var exitCode = await RunAsync($"empty {Fast}");

        Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((deleted > 0 ? 0 : 2, deleted)), Messages.Output);
        Assert.That(Messages.Output, Does.Contain("file-1.bin (1.0 KiB)"));
    }

    [Test]
    public async Task A_failure_in_the_middle_deletes_nothing()
    {
        var folder = Emulator.Drive.AddFolder("folder");
        Emulator.Drive.AddToRecycleBin(1);
        AfterFirstAnswer(() => Emulator.Faults.Enqueue(Fault.EmptyBody()));

        var exitCode = await RunAsync("empty --yes --json");

        Assert.That((exitCode, Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((3, 0)));
        Assert.That(Messages.Output, Does.StartWith($"Folder {folder} ").And.EndWith("Nothing was deleted.\n"));
        Assert.That(Results.Output, Does.StartWith("{\"error\":"));
    }

    [Test]
    public async Task A_folder_in_the_bin_that_the_service_does_not_list_is_deleted_all_the_same()
    {
        var folder = Emulator.Drive.AddFolder("folder");
        Emulator.Drive.AddToRecycleBin(folder);
        AfterFirstAnswer(() => Emulator.Faults.Enqueue(Fault.BodyCode(5066, "file not found")));

        Assert.That((await RunAsync("empty --yes"), Emulator.Drive.GetState(folder)), Is.EqualTo((0, FileState.Deleted)));
        Assert.That(Messages.Output, Does.StartWith($"Folder {folder}, "));
    }

    [Test]
    public async Task One_that_is_no_longer_in_the_bin_keeps_no_other_one_there()
    {
        Emulator.Drive.AddToRecycleBin(Enumerable.Range(1, 20).Select(id => (long)id));
        AfterFirstAnswer(() => Emulator.Drive.AddActive(7));

        Assert.That((await RunAsync("empty --yes"), Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((1, 19)));
        Assert.That(Emulator.Drive.GetState(7), Is.EqualTo(FileState.Active));
    }

    [TestCase("--dry-run", 0)]
    [TestCase("--dry-run --json", 0)]
    [TestCase("--yes --max-delete 1", 2)]
    public async Task It_can_be_told_to_delete_nothing(string options, int expected)
    {
        Emulator.Drive.AddToRecycleBin(1, 2);

        var exitCode = await RunAsync($"empty {options}");

        Assert.That((exitCode, Emulator.Requests.Count(request => request.Method == "POST")), Is.EqualTo((expected, 0)));
        if (options.EndsWith("--json", StringComparison.Ordinal))
        {
            Assert.That(JsonDocument.Parse(Results.Lines[0]).RootElement.GetProperty("fileIds").GetArrayLength(), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task Where_nobody_can_be_asked_no_folder_is_walked()
    {
        Assert.That((await RunAsync("empty"), Emulator.Requests.Count), Is.EqualTo((2, 0)));
        Assert.That(Messages.Output, Does.Contain("--yes"));
    }

    [Test]
    public async Task An_empty_bin_is_a_success([Values("", "--json")] string options)
    {
        Emulator.Drive.AddActive(1);

        Assert.That((await RunAsync($"empty --yes {options}"), Messages.Lines.Count), Is.EqualTo((0, 1)));
        Assert.That(Results.Output, options.Length == 0 ? Is.Empty : Does.StartWith("{\"summary\":{\"deleted\":0,"));
    }

    [Test]
    public async Task Ctrl_C_while_folders_are_walked_deletes_nothing()
    {
        Emulator.Drive.AddToRecycleBin(1);
        Interruption.Interrupt();

        Assert.That((await RunAsync("empty --yes"), Emulator.Drive.Count(FileState.Deleted)), Is.EqualTo((3, 0)));
        Assert.That(Messages.Output, Does.EndWith("Nothing was deleted.\n"));
    }
}
