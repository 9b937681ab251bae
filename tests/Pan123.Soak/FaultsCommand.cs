using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>Whether the state of each file is as the client says, and nothing leaks, when a tenth of the requests meets a fault.</summary>
internal sealed class FaultsCommand : Command
{
    private const int Callers = 16;
    private const double FaultProbability = 0.1;

    private static readonly Fault[] Faults =
    [
        Fault.BodyCode(429, "too many requests"),
        Fault.BodyCode(1, "failed"),
        Fault.HttpStatus(HttpStatusCode.ServiceUnavailable),
        Fault.HttpStatus(HttpStatusCode.InternalServerError).AfterProcessing(),
        Fault.Html(),
        Fault.Html().AfterProcessing(),
        Fault.EmptyBody().AfterProcessing(),
        Fault.TruncatedJson(),
        Fault.TruncatedJson().AfterProcessing(),
        Fault.ConnectionReset(),
        Fault.ConnectionReset().AfterProcessing(),
        Fault.ConnectionResetInBody().AfterProcessing(),
        Fault.StalledHeaders(),
        Fault.StalledBody().AfterProcessing(),
        Fault.OversizedBody(2 << 20).AfterProcessing(),
    ];

    private readonly Option<int> _calls = new("--calls") { DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _seed = new("--seed") { DefaultValueFactory = _ => 123 };

    public FaultsCommand()
        : base("faults", "Calls while a tenth of the requests meets a fault, at random with a seed.")
    {
        Add(_calls);
        Add(_seed);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (calls, seed) = (arguments.GetValue(_calls), arguments.GetValue(_seed));

        // One client for two emulators at the same address: the records of the first one do not count in the measurement.
        var port = await FindPortAsync();
        using var client = Pan123Client.Create(new Pan123ClientOptions
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            ClientId = Pan123EmulatorOptions.DefaultClientId,
            ClientSecret = Pan123EmulatorOptions.DefaultClientSecret,
            RequestsPerSecond = null,
            RetryDelay = TimeSpan.FromMilliseconds(5),
            AttemptTimeout = TimeSpan.FromMilliseconds(500),
        });
        await RunAsync(client, port, calls / 10, seed);
        var before = await Footprint.TakeAsync();

        var watch = Stopwatch.StartNew();
        var isRight = await RunAsync(client, port, calls, seed);
        watch.Stop();
        var after = await Footprint.TakeAsync();

        await Console.Out.WriteLineAsync($"""
              before, after a tenth of the calls: {before}
              after:                              {after}
              time: {watch.Elapsed.TotalSeconds:F0} s
            """);
        return isRight && after.Sockets <= before.Sockets + Callers && after.HeapBytes <= before.HeapBytes + (1 << 20) ? 0 : 1;
    }

    private static async Task<int> FindPortAsync()
    {
        await using var emulator = await Pan123Emulator.StartAsync();
        return emulator.BaseAddress.Port;
    }

    private static async Task<bool> RunAsync(Pan123Client client, int port, int calls, int seed)
    {
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { Port = port });
        emulator.Drive.AddToRecycleBin([.. Enumerable.Range(1, calls).Select(id => (long)id)]);
        emulator.Faults.AddWithProbability(FaultProbability, seed, Faults, Pan123Emulator.DeleteFilesPath);
        var outcomes = await DeleteAsync(client, calls);

        var wrong = outcomes.Count(pair => IsWrong(pair.Value, emulator.Drive.GetState(pair.Key)));
        var struck = emulator.Requests.Count(request => request.Fault is not null);
        var count = outcomes.Values.CountBy(outcome => outcome).ToDictionary();
        await Console.Out.WriteLineAsync($"""
            faults: {calls} calls, seed {seed}: {emulator.Requests.Count} requests, {struck} of them struck, {emulator.Tokens.IssuedCount} access tokens
              deleted {count.GetValueOrDefault(DeleteOutcome.Deleted)}, rejected {count.GetValueOrDefault(DeleteOutcome.Rejected)}, unknown {count.GetValueOrDefault(DeleteOutcome.Unknown)}, not sent {count.GetValueOrDefault(DeleteOutcome.NotSent)}; wrong: {wrong}
            """);
        return wrong == 0 && outcomes.Count == calls;
    }

    private static bool IsWrong(DeleteOutcome outcome, FileState? state) => outcome switch
    {
        DeleteOutcome.Deleted => state != FileState.Deleted,
        DeleteOutcome.Rejected or DeleteOutcome.NotSent => state == FileState.Deleted,
        _ => false,
    };

    private static async Task<Dictionary<long, DeleteOutcome>> DeleteAsync(Pan123Client client, int calls)
    {
        var outcomes = new Dictionary<long, DeleteOutcome>();
        var next = 0L;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var id && id <= calls)
            {
                var outcome = await DeleteAsync(client, id);
                lock (outcomes)
                {
                    outcomes.Add(id, outcome);
                }
            }
        })));
        return outcomes;
    }

    private static async Task<DeleteOutcome> DeleteAsync(Pan123Client client, long id)
    {
        try
        {
            await client.DeleteFilesAsync([id]);
            return DeleteOutcome.Deleted;
        }
        catch (Pan123ApiException)
        {
            return DeleteOutcome.Rejected;
        }
        catch (Pan123OutcomeUnknownException)
        {
            return DeleteOutcome.Unknown;
        }
        catch (Pan123NotSentException)
        {
            return DeleteOutcome.NotSent;
        }
    }

    /// <summary>The resources of this process, including those of the emulator.</summary>
    private sealed record Footprint(int Sockets, int Timers, long HeapBytes)
    {
        public static async Task<Footprint> TakeAsync()
        {
            // A stopped server releases its last requests a moment later.
            await Task.Delay(TimeSpan.FromSeconds(3));
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            var sockets = Directory.Exists("/proc/self/fd")
                ? Directory.GetFiles("/proc/self/fd").Count(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name.StartsWith("socket:", StringComparison.Ordinal) == true)
                : 0;
            return new Footprint(sockets, (int)Timer.ActiveCount, GC.GetTotalMemory(forceFullCollection: true));
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sockets} sockets, {Timers} timers, {HeapBytes / 1048576.0:F1} MiB");
    }
}
