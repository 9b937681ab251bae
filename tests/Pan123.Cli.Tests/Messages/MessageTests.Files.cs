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
        yield return Listing("list, a folder in the bin that is not listed", "list -r 10", session => AfterFirstAnswer(session, () => session.Emulator.Faults.Enqueue(Fault.BodyCode(5066, "file not found"))));
        yield return Listing("list, Ctrl+C", "list", session => AfterFirstAnswer(session, session.Interruption.Interrupt));
    }

    private static Case Listing(string name, string arguments, Action<Session>? prepare = null) => Of(name, arguments, session =>
    {
        session.Emulator.Drive.AddTree(ListCommandTests.Tree);
        session.Emulator.Drive.AddFile($"{new string('长', 30)} [1]\u202E.tar.gz", size: 0, parentFolderId: 10, fileId: 1_100_000_000_000, createdAt: DateTimeOffset.UnixEpoch);
        prepare?.Invoke(session);
    });

    private static void AfterFirstAnswer(Session session, Action act) => session.BeforeAnswer = () =>
    {
        session.BeforeAnswer = () => Task.CompletedTask;
        act();
        return Task.CompletedTask;
    };
}
