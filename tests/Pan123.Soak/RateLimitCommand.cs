using System.CommandLine;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>Whether the limit is used, and never exceeded.</summary>
internal sealed class RateLimitCommand : Command
{
    private const int Calls = 1000;
    private const int Callers = 16;
    private const int CallsLimit = 50;
    private const int Batches = 300;
    private const int BatchesLimit = 10;

    public RateLimitCommand()
        : base("rate-limit", $"{Calls} calls at {CallsLimit} requests a second from {Callers} callers, and {Batches} batches at {BatchesLimit} from the command line.") => SetAction(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken) =>
        await CallAsync(cancellationToken) & await DeleteInBatchesAsync(cancellationToken) ? 0 : 1;

    private static async Task<bool> CallAsync(CancellationToken cancellationToken)
    {
        await using var emulator = await StartAsync(CallsLimit, Calls, cancellationToken);
        using var client = Pan123Client.Create(new Pan123ClientOptions
        {
            BaseAddress = emulator.BaseAddress,
            AccessToken = emulator.AccessToken,
            RequestsPerSecond = CallsLimit,
        });

        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var id && id <= Calls)
            {
                await client.DeleteFilesAsync([id], cancellationToken);
            }
        }));
        return await ReportAsync($"{Callers} callers", emulator, CallsLimit, Calls, Calls);
    }

    private static async Task<bool> DeleteInBatchesAsync(CancellationToken cancellationToken)
    {
        const int Files = Batches * 100;
        await using var emulator = await StartAsync(BatchesLimit, Files, cancellationToken);
        var list = Path.GetTempFileName();
        await File.WriteAllLinesAsync(list, Enumerable.Range(1, Files).Select(fileId => $"{fileId}"), cancellationToken);
        using var process = CommandLineProcess.Start(emulator, "delete", "--yes", "--requests-per-second", $"{BatchesLimit}", "--from", list);
        await process.WaitAsync();
        File.Delete(list);
        return await ReportAsync("the command line", emulator, BatchesLimit, Batches, Files);
    }

    // The emulator rejects what is over the limit; its record shows afterwards whether it ever had to.
    private static async Task<Pan123Emulator> StartAsync(int limit, int files, CancellationToken cancellationToken)
    {
        var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { RequestsPerSecond = limit }, cancellationToken);
        emulator.Drive.AddToRecycleBin(Enumerable.Range(1, files).Select(fileId => (long)fileId));
        return emulator;
    }

    private static async Task<bool> ReportAsync(string who, Pan123Emulator emulator, int limit, int requests, int files)
    {
        var arrivals = emulator.Requests.Select(request => request.ArrivedAt).Order().ToList();
        var most = arrivals.Select((arrival, index) => index - arrivals.FindIndex(other => arrival - other < TimeSpan.FromSeconds(1)) + 1).Max();
        var rejected = emulator.Requests.Count(request => request.IsRateLimited);
        var deleted = emulator.Drive.Count(FileState.Deleted);

        // Of full seconds: within the last one that is begun, only what is left is sent.
        var seconds = (arrivals[^1] - arrivals[0]).TotalSeconds;
        var ideal = (requests / limit) - 1;
        await Console.Out.WriteLineAsync($"rate-limit, {who}: {deleted} of {files} files deleted by {emulator.Requests.Count} requests in {seconds:F2} s; the limit of {limit} allows it in {ideal} s: {ideal / seconds:P1} used; most in any second: {most}; rejected: {rejected}");
        return rejected == 0 && most <= limit && deleted == files;
    }
}
