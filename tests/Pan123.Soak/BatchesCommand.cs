using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>
/// Whether a hundred thousand files take a thousand requests and little memory, and how the time compares with a hand-written loop.
/// </summary>
internal sealed class BatchesCommand : Command
{
    private const int Files = 100_000;
    private const int Concurrency = 4;
    private const int Rounds = 9;
    private const string ByHand = "HttpClient in a loop";
    private const string Resilient = "HttpClient with the standard resilience handler, in a loop";
    private const string ByCall = "DeleteFilesAsync in a loop";
    private const string InBatches = "DeleteFilesInBatchesAsync";

    public BatchesCommand()
        : base("batches", $"{Files} files in batches: requests, memory, and time compared with HttpClient in a loop.") => SetAction(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        // Memory first, while nothing else uses it, after a small run for what is created once.
        var isRight = await MeasureMemoryAsync(1_000);
        foreach (var files in new[] { 10_000, 100_000, 1_000_000 })
        {
            isRight &= await MeasureMemoryAsync(files);
        }

        isRight &= await CountRequestsAsync();
        isRight &= await IsolateAsync();

        // The latency of a service in the next city, and that of the loopback, where only processor time is compared: that needs a long
        // warm-up, until the just-in-time compiler has nothing more to do.
        await CompareAsync(TimeSpan.FromMilliseconds(10), warmUpRounds: 1);
        await CompareAsync(TimeSpan.Zero, warmUpRounds: 60);
        return isRight ? 0 : 1;
    }

    private static async Task<bool> CountRequestsAsync()
    {
        await using var emulator = await StartAsync(Files);
        using var client = CreateClient(emulator);

        var yielded = new HashSet<long>();
        var again = 0;
        await foreach (var result in client.DeleteFilesInBatchesAsync(Ids(Files)))
        {
            again += result.FileIds.Count(id => result.Outcome != DeleteOutcome.Deleted || !yielded.Add(id));
        }

        // What the emulator deleted, by request: a file that was sent twice would be rejected the second time.
        var deleted = emulator.Requests.Sum(request => request.DeletedFileIds.Count);
        await Console.Out.WriteLineAsync($"batches: {deleted} of {Files} files deleted by {emulator.Requests.Count} requests; {yielded.Count} reported deleted, {again} more than once or otherwise");
        return (emulator.Requests.Count, deleted, emulator.Drive.Count(FileState.Deleted), yielded.Count, again) == (Files / 100, Files, Files, Files, 0);
    }

    private static async Task<bool> IsolateAsync()
    {
        const int Good = 9_999;
        await using var emulator = await StartAsync(Good);
        using var client = CreateClient(emulator);

        // The stale ID is in the middle, at any place of its batch.
        var rejected = await client.DeleteFilesInBatchesAsync([.. Ids(4_321), Files, .. Ids(Good).Skip(4_321)], new DeleteBatchOptions { IsolateRejected = true })
            .Where(result => result.Outcome != DeleteOutcome.Deleted)
            .ToListAsync();

        var more = emulator.Requests.Count - ((Good + 1) / 100);
        await Console.Out.WriteLineAsync($"  one stale ID in {Good + 1}: {emulator.Drive.Count(FileState.Deleted)} files deleted, {rejected.Sum(result => result.FileIds.Count)} rejected, {more} requests more");
        return more <= 20 && emulator.Drive.Count(FileState.Deleted) == Good && rejected is [{ FileIds: [Files], Outcome: DeleteOutcome.Rejected }];
    }

    /// <summary>The memory in use at the peak of a run, without the emulator and the set of IDs that were seen.</summary>
    private static async Task<bool> MeasureMemoryAsync(int files)
    {
        const int Samples = 10;

        // On a separate stack, or objects of the previous run would still be alive.
        await Task.Yield();
        var client = new InstantClient();
        long most = 0, mostBesidesSet = long.MinValue, batches = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await foreach (var result in client.DeleteFilesInBatchesAsync(Ids(files), new DeleteBatchOptions { Concurrency = Concurrency }))
        {
            if (++batches % (files / 100 / Samples) == 0)
            {
                var alive = GC.GetTotalMemory(forceFullCollection: true) - before;
                most = Math.Max(most, alive);
                mostBesidesSet = Math.Max(mostBesidesSet, alive - SizeOfSet(client.Files));
            }
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"  memory for {files} files: {most / 1024.0:N0} KiB at most, {mostBesidesSet / 1024.0:N1} KiB of it besides the set of IDs"));
        return client.Files == files && mostBesidesSet < 1 << 18;
    }

    private static long SizeOfSet(int count)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var set = new HashSet<long>();
        foreach (var id in Ids(count))
        {
            set.Add(id);
        }

        var size = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(set);
        return size;
    }

    private static async Task CompareAsync(TimeSpan latency, int warmUpRounds)
    {
        var measurements = new[] { ByHand, Resilient, ByCall, InBatches }.ToDictionary(approach => approach, _ => new List<Measurement>(), StringComparer.Ordinal);
        for (var round = -warmUpRounds; round < Rounds; round++)
        {
            foreach (var (approach, measured) in measurements)
            {
                var measurement = await MeasureAsync(approach, latency);
                if (round >= 0)
                {
                    measured.Add(measurement);
                }
            }
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  latency {latency.TotalMilliseconds} ms, {Concurrency} requests at a time, medians of {Rounds}:"));
        var (time, processor) = (Median(each => each.Elapsed), Median(each => each.ProcessorTime));
        foreach (var approach in measurements.Keys)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"    {approach}: {Files / time[approach].TotalSeconds:N0} files a second, {time[ByHand] / time[approach]:F2} of the first; processor time {processor[approach].TotalMicroseconds * 100 / Files:F0} µs a request, the emulator's included"));
        }

        Dictionary<string, TimeSpan> Median(Func<Measurement, TimeSpan> what) =>
            measurements.ToDictionary(approach => approach.Key, approach => approach.Value.Select(what).Order().ElementAt(Rounds / 2), StringComparer.Ordinal);
    }

    private static async Task<Measurement> MeasureAsync(string approach, TimeSpan latency)
    {
        // An emulator for each measurement, so that its records do not slow down the next one.
        await using var emulator = await StartAsync(Files + 2);
        using var byHand = new HandWrittenClient(emulator, approach == Resilient, () => new LatencyHandler(latency));
        using var client = CreateClient(emulator, () => new LatencyHandler(latency));

        // Opens a connection of each, and creates what a client creates with its first call.
        await byHand.DeleteAsync([Files + 1], 1);
        await client.DeleteFilesAsync([Files + 2]);
        GC.Collect();

        var (before, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        await (approach switch
        {
            ByHand or Resilient => byHand.DeleteAsync(Ids(Files), Concurrency),
            ByCall => Parallel.ForEachAsync(
                Ids(Files).Chunk(100),
                new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
                async (chunk, cancellationToken) => await client.DeleteFilesAsync(chunk, cancellationToken)),
            _ => client.DeleteFilesInBatchesAsync(Ids(Files), new DeleteBatchOptions { Concurrency = Concurrency }).CountAsync().AsTask(),
        });
        var measurement = new Measurement(watch.Elapsed, Environment.CpuUsage.TotalTime - before);

        var deleted = emulator.Drive.Count(FileState.Deleted);
        return deleted == Files + 2 ? measurement : throw new InvalidOperationException($"{deleted} of {Files + 2} files were deleted.");
    }

    private static async Task<Pan123Emulator> StartAsync(int files)
    {
        var emulator = await Pan123Emulator.StartAsync();
        emulator.Drive.AddToRecycleBin(Ids(files));
        return emulator;
    }

    private static StandalonePan123Client CreateClient(Pan123Emulator emulator, Func<HttpMessageHandler>? createTransport = null) => Pan123Client.Create(
        new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = emulator.AccessToken, RequestsPerSecond = null },
        builder => builder.ConfigurePrimaryHttpMessageHandler(createTransport ?? (() => new SocketsHttpHandler())));

    private static IEnumerable<long> Ids(int count) => Enumerable.Range(1, count).Select(id => (long)id);

    private sealed record Measurement(TimeSpan Elapsed, TimeSpan ProcessorTime);

    /// <summary>Sends nothing and keeps nothing, so that all memory is that of the run.</summary>
    private sealed class InstantClient : Pan123Client
    {
        private static readonly DeleteFilesResponse Success = new() { Message = "ok" };

        private int _files;

        public int Files => _files;

        public override async Task<DeleteFilesResponse> DeleteFilesAsync(IEnumerable<long> fileIds, CancellationToken cancellationToken = default)
        {
            Interlocked.Add(ref _files, fileIds.Count());
            await Task.Yield();
            return Success;
        }
    }
}
