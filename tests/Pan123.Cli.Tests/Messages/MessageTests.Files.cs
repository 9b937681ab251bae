using System.Net;
using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

/// <content>What is said of files that are listed, and moved into the recycle bin and out of it.</content>
public sealed partial class MessageTests
{
    private static IEnumerable<Case> FileLists()
    {
        yield return Listing("list", "list --recursive", session => session.Results.Width(80));
        yield return Listing("list, IDs and JSON", "list --ids --json");
        yield return Listing("list, IDs", "list -r --trashed --ids");
        yield return Listing("list, JSON", "list 10 --json");
        yield return Listing("list, a time that cannot be read", "list --older-than 1d", session => session.Emulator.Faults.Enqueue(ListCommandTests.WithoutTime));
        yield return Listing("list, no such folder", "list 14");
        yield return Listing("list, no valid response", "list 12", session => session.Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.BadGateway)));
        yield return Listing("list, a folder in the bin that is not listed", "list -r 10", session => session.AfterFirstAnswer(() => session.Emulator.Faults.Enqueue(Fault.BodyCode(5066, "file not found"))));
        yield return Listing("list, Ctrl+C", "list", session => session.AfterFirstAnswer(session.Interruption.Interrupt));
    }

    private static IEnumerable<Case> Moves()
    {
        yield return Listing("trashed", "trash 13 14");
        yield return Listing("trash, JSON", "trash --json 14");
        yield return Listing("trash, rejected", "trash 13 99");
        yield return Listing("trash, no valid response", "trash 13", session => session.Emulator.Faults.Enqueue(Fault.EmptyBody()));
        yield return Listing("trash, Ctrl+C", "trash --from -", session =>
        {
            session.Give(150);
            session.Emulator.Drive.AddActive(Enumerable.Range(1, 150).Select(id => (long)id));
            session.AfterFirstAnswer(session.Interruption.Interrupt);
        });
        yield return Listing("trash, profile", "trash 13 --profile alice", session =>
        {
            session.Environment.Remove("PAN123_ACCESS_TOKEN");
            new ProfileFolder(session.FolderOfProfiles).Write("alice", new Profile(Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret));
        });
        yield return Listing("recovered", "recover 11 12");
        yield return Listing("recover, folder is gone", "recover 11 14", session => session.Emulator.Drive.AddToRecycleBin(10, 14));
        yield return Listing("recover, folder is gone, JSON", "recover 11 14 --json", session => session.Emulator.Drive.AddToRecycleBin(10, 14));
        yield return Listing("recover, to a folder", "recover 11 --to 0");
        yield return Listing("recover, to a folder that is none", "recover 11 --to 99");
    }

    private static IEnumerable<Case> EmptiedBins()
    {
        yield return Emptying("empty, yes", "empty", typed: "y");
        yield return Emptying("empty, no", "empty", typed: "n");
        yield return Emptying("empty, many files", "empty --requests-per-second 1000", typed: "y|1,000|1,203", session => session.Emulator.Drive.AddToRecycleBin(Enumerable.Range(1001, 1201).Select(id => (long)id)));
        yield return Listing("empty, dry run", "empty --dry-run");
        yield return Listing("empty, dry run, JSON", "empty --dry-run --json");
        yield return Listing("empty, too many", "empty --yes --max-delete 1");
        yield return Of("empty, nothing there", "empty --yes");
        yield return Of("empty, dry run, nothing there", "empty --dry-run");
        yield return Listing("empty, no valid response", "empty --yes", session => session.Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.BadGateway)));
        yield return Listing("empty, Ctrl+C during the walk", "empty --yes", session => session.Interruption.Interrupt());
        yield return Emptying("empty, walk in a log", "empty --yes", typed: null, session => session.AfterFirstAnswer(() => session.Clock.Advance(TimeSpan.FromSeconds(5))));
    }

    private static Case Emptying(string name, string arguments, string? typed, Action<Session>? prepare = null) => Listing(name, arguments, session =>
    {
        session.CanAsk = true;
        foreach (var line in typed?.Split('|') ?? [])
        {
            session.Messages.Input.PushTextWithEnter(line);
        }

        prepare?.Invoke(session);
    });

    private static Case Listing(string name, string arguments, Action<Session>? prepare = null) => Of(name, arguments, session =>
    {
        session.Emulator.Drive.AddTree(ListCommandTests.Tree);
        session.Emulator.Drive.AddFile($"{new string('长', 30)} [1]\u202E.tar.gz", size: 0, parentFolderId: 10, fileId: 1_100_000_000_000, createdAt: DateTimeOffset.UnixEpoch);
        prepare?.Invoke(session);
    });
}
