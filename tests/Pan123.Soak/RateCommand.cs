using System.CommandLine;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>Whether the limit is used, and never exceeded.</summary>
internal sealed class RateCommand : Command
{
    private const int Calls = 1000;
    private const int Callers = 16;
    private const int Limit = 50;

    public RateCommand()
        : base("rate", $"{Calls} calls at {Limit} requests a second from {Callers} callers.") => SetAction(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        // It refuses what is over the limit, and is asked afterwards whether it ever had to.
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { RequestsPerSecond = Limit }, cancellationToken);
        emulator.Drive.AddToRecycleBin([.. Enumerable.Range(1, Calls).Select(id => (long)id)]);
        using var client = Pan123Client.Create(new Pan123ClientOptions
        {
            BaseAddress = emulator.BaseAddress,
            AccessToken = emulator.AccessToken,
            RequestsPerSecond = Limit,
        });

        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var id && id <= Calls)
            {
                await client.DeleteFilesAsync([id], cancellationToken);
            }
        }));

        var arrivals = emulator.Requests.Select(request => request.ArrivedAt).Order().ToList();
        var most = arrivals.Select((arrival, index) => index - arrivals.FindIndex(other => arrival - other < TimeSpan.FromSeconds(1)) + 1).Max();
        var refused = emulator.Requests.Count(request => request.IsRateLimited);

        // Of full seconds: within the last one that is begun, only what is left is sent.
        var seconds = (arrivals[^1] - arrivals[0]).TotalSeconds;
        var ideal = (Calls / Limit) - 1;
        await Console.Out.WriteLineAsync($"rate: {emulator.Drive.CountOf(FileState.Deleted)} of {Calls} files deleted by {emulator.Requests.Count} requests in {seconds:F2} s; the limit of {Limit} allows it in {ideal} s: {ideal / seconds:P1} used; most in any second: {most}; refused: {refused}");
        return refused == 0 && most <= Limit && emulator.Drive.CountOf(FileState.Deleted) == Calls ? 0 : 1;
    }
}
