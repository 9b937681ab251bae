using System.Net;
using Pan123.Emulator;

namespace Pan123.Cli.Tests;

/// <content>What is said of what becomes of the files.</content>
public sealed partial class MessageTests
{
    private const string DeleteList = "delete --yes --concurrency 1 --from -";

    private static IEnumerable<Case> Results()
    {
        yield return Deleting("deleted, one file", "delete --yes 1", files: 1);
        yield return Deleting("deleted, quiet", "delete --yes --quiet 9", files: 0);
        yield return Deleting("deleted, several batches", DeleteList, files: 250);
        yield return Of("deleted, emulator", "delete --emulator 14705301 14705306", session => session.Environment.Clear());
        yield return Deleting("rejected, one file", "delete --yes 1", files: 1, Fault.BodyCode(5113, "no [red]traffic[/]"));
        yield return Deleting("rejected, a batch", DeleteList, files: 101, Fault.BodyCode(1, "failed"));
        yield return Deleting("rejected, a batch in full", $"{DeleteList} --verbose", files: 12, Fault.BodyCode(1, "failed"));
        yield return Of("rejected, isolated", "delete --yes --isolate 1 9", session => session.Give(1));
        yield return Deleting("unknown, no valid response", "delete --yes 1", files: 1, Fault.Html(HttpStatusCode.BadGateway));
        yield return Deleting("several outcomes", DeleteList, files: 250, Fault.BodyCode(401, "token is expired"), Fault.BodyCode(401, "token is expired"), Fault.EmptyBody());
        yield return new("not sent, nobody listens", async session =>
        {
            await session.Emulator.StopAsync();
            await session.RunAsync("delete --yes 1");
        });
        yield return Deleting("deleted, JSON", "delete --yes --json 1", files: 1);
        yield return Deleting("rejected, JSON", "delete --yes --json 1", files: 1, Fault.BodyCode(5113, "no traffic"));
        yield return Deleting("unknown, JSON", "delete --yes --json 1", files: 1, Fault.EmptyBody());
        yield return new("something unexpected", session =>
        {
            session.Clock = new FailingClock { NextFailure = new InvalidOperationException("The clock has stopped.") };
            return session.RunAsync($"delete --yes --journal {session.Journal} 1");
        });
    }

    private static IEnumerable<Case> Warnings()
    {
        yield return new("progress", async session =>
        {
            session.Give(450);
            session.BeforeAnswer = () =>
            {
                session.Clock.Advance(TimeSpan.FromSeconds(5));
                return Task.CompletedTask;
            };
            await session.RunAsync(DeleteList);
        });
        yield return new("retry", async session =>
        {
            session.MaxRetries = 1;
            session.Emulator.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.ServiceUnavailable));
            session.Give(1);
            await session.RunAsync("delete --yes 1");
        });
        yield return new("token that cannot be kept", async session =>
        {
            session.UseClientId();
            session.Give(1);
            session.Write("token", "a file where the folder should be");
            await session.RunAsync("delete --yes 1");
        });
    }

    private static IEnumerable<Case> StoppedRuns()
    {
        yield return Deleting("stopped on failure", $"{DeleteList} --stop-on-failure", files: 250, Fault.BodyCode(1, "failed"));
        yield return new("Ctrl+C", async session =>
        {
            var answer = new TaskCompletionSource();
            session.Give(250);
            session.BeforeAnswer = () => answer.Task;
            var run = session.RunAsync(DeleteList);
            await session.Emulator.WaitForRequestAsync();
            session.Interruption.Interrupt();
            answer.SetResult();
            await run;
        });
        yield return new("Ctrl+C twice", async session =>
        {
            session.Give(250);
            session.Emulator.Faults.Enqueue(Fault.StalledHeaders().AfterProcessing());
            var run = session.RunAsync(DeleteList);
            await session.Emulator.WaitForRequestAsync();
            session.Interruption.Interrupt();
            session.Interruption.Interrupt();
            await run;
        });
    }

    private static IEnumerable<Case> Outputs()
    {
        yield return To("closed", inner: null, isBroken: false);
        yield return To("a reader that is gone", new MemoryStream(), isBroken: true);
        yield return To("a disk that is full", new FullDisk(), isBroken: false);

        // Which stream it is and what is wrong with it, a process of its own shows: see TerminalTests.
        static Case To(string name, Stream? inner, bool isBroken) => Of(name, "delete --yes 1", session =>
        {
            var stream = new OutputStream(() => Texts.Of($"Standard output"), inner, () => isBroken, () => { });
            stream.Write([0]);
            session.Streams = [stream];
            session.Give(1);
        });
    }

    private static Case Deleting(string name, string arguments, int files, params Fault[] faults) => Of(name, arguments, session =>
    {
        session.Give(files);
        foreach (var fault in faults)
        {
            session.Emulator.Faults.Enqueue(fault);
        }
    });

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");
    }
}
