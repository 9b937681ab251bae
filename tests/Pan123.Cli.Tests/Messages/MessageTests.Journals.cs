using System.Text.RegularExpressions;
using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <content>What is said of journals.</content>
public sealed partial class MessageTests
{
    private static IEnumerable<Case> ContinuedJournals()
    {
        yield return Journaled("some deleted, some with an unknown outcome, some left", session =>
        {
            session.Emulator.Faults.Enqueue(Fault.EmptyBody());
            session.Emulator.Faults.Enqueue(Fault.BodyCode(401, "token is expired"));
        });
        yield return Journaled("rejected after an earlier run had an unknown outcome", session => session.Emulator.Faults.Enqueue(Fault.EmptyBody().AfterProcessing()), files: 2);
        yield return Journaled("not sent after an earlier run had an unknown outcome", session => session.Emulator.Faults.Enqueue(Fault.EmptyBody()), session => session.Emulator.StopAsync());
        yield return Journaled("the run stops before what had an unknown outcome", session => session.Emulator.Faults.Enqueue(Fault.EmptyBody(), times: 2), session =>
        {
            session.Emulator.Faults.Enqueue(Fault.BodyCode(1, "failed"));
            return Task.CompletedTask;
        }, "--stop-on-failure");
        yield return Journaled("dry run, JSON, with what had an unknown outcome", session => session.Emulator.Faults.Enqueue(Fault.EmptyBody(), times: 3), options: "--dry-run --json", files: 2);
        yield return new("journal that can no longer be written", async session =>
        {
            var clock = new FailingClock();
            session.Clock = clock;
            session.BeforeAnswer = () =>
            {
                clock.NextFailure = new IOException("No space left on device.");
                return Task.CompletedTask;
            };
            Directory.CreateDirectory(session.Folder);
            session.Give(101);
            await session.RunAsync($"{DeleteList} --journal {session.Journal}");
        });
    }

    private static IEnumerable<Case> RejectedJournals()
    {
        yield return Changed("not a journal", text => $" {text}");
        yield return Changed("version without checksums", text => text.Replace("\"pan123Journal\":2", "\"pan123Journal\":1", StringComparison.Ordinal));
        yield return Changed("later version", text => text.Replace("\"pan123Journal\":2", "\"pan123Journal\":3", StringComparison.Ordinal));
        yield return Journaled("another list", _ => { }, session =>
        {
            session.Input += "\n251";
            return Task.CompletedTask;
        });
        yield return Journaled("other credentials", _ => { }, session =>
        {
            session.Environment["PAN123_ACCESS_TOKEN"] = "next-token";
            return Task.CompletedTask;
        });
        yield return Journaled("another service", _ => { }, options: "--base-address https://example.com");
        yield return new("too large", session =>
        {
            using (var file = File.OpenWrite(session.Write("run.log", "")))
            {
                file.SetLength(Array.MaxLength + 1L);
            }

            // Its beginning is that of a torn first line.
            using (var file = new FileStream(session.Journal, FileMode.Open))
            {
                file.Write("{\"pan123Journal\":"u8);
            }

            return session.RunAsync($"delete --yes --journal {session.Journal} 1");
        });
        yield return new("in use", async session =>
        {
            await using var other = new FileStream(session.Write("run.log", ""), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            await session.RunAsync($"delete --yes --journal {session.Journal} 1");
        });
        yield return new("no folder", session =>
        {
            Directory.CreateDirectory(session.Folder);
            return session.RunAsync($"delete --yes --journal {session.Folder}/none/run.log 1");
        });
    }

    [GeneratedRegex(@"line \d+: .+?(?=\. Restore)|第 \d+ 行已损坏：.+?(?=。请)")]
    private static partial Regex Damage { get; }

    private static IEnumerable<Case> DamagedJournals()
    {
        yield return Changed("first line", text => text.Replace("\"fileCount\":250", "\"fileCount\":251", StringComparison.Ordinal));
        yield return Changed("another line", text => text.Replace("\"batch\":2,\"state\":\"sending\"", "\"batch\":1,\"state\":\"sending\"", StringComparison.Ordinal));
        yield return Changed("no line end", text => text.Replace('\n', '\r'));
        yield return Changed("zeros after the last line", text => text + new string('\0', 5000));
        foreach (var (name, entries) in JournalHistoryTests.Wrong)
        {
            yield return new(name, session => WithEntriesAsync(session, entries)) { Part = Damage };
        }

        static Task WithEntriesAsync(Session session, string[] entries)
        {
            Directory.CreateDirectory(session.Folder);
            session.Give(JournalHistoryTests.Given.Count);
            var options = new Pan123ClientOptions { BaseAddress = session.Emulator.BaseAddress, AccessToken = session.Emulator.AccessToken };
            JournalHistoryTests.Write(session.Journal, options, entries);
            return session.RunAsync($"{DeleteList} --journal {session.Journal}");
        }
    }

    /// <summary>A run that leaves a journal, and another one of the same command line.</summary>
    private static Case Journaled(string name, Action<Session> before, Func<Session, Task>? meanwhile = null, string options = "", int files = 250) => new(name, async session =>
    {
        Directory.CreateDirectory(session.Folder);
        session.Give(files);
        before(session);
        await session.RunAsync($"{DeleteList} --journal {session.Journal}");
        await (meanwhile?.Invoke(session) ?? Task.CompletedTask);
        session.Forget();

        await session.RunAsync($"{DeleteList} --journal {session.Journal} {options}");
    });

    private static Case Changed(string name, Func<string, string> change) => Journaled(name, _ => { }, async session =>
        await File.WriteAllTextAsync(session.Journal, change(await File.ReadAllTextAsync(session.Journal))));

    /// <summary>A clock whose time a journal cannot be given, in the place of a disk that is full.</summary>
    private sealed class FailingClock : FlowingClock
    {
        /// <summary>Thrown once, at whoever asks for the time; null for none.</summary>
        public Exception? NextFailure { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            var (failure, time) = (NextFailure, base.GetUtcNow());
            NextFailure = null;
            return failure is null ? time : throw failure;
        }

        // Not by way of the time, as the base class does.
        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
