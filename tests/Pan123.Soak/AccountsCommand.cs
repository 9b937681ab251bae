using System.CommandLine;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>
/// Many accounts in one process: what each costs, whether each keeps to its limit, and whether a failing one slows down the others.
/// </summary>
internal sealed class AccountsCommand : Command
{
    private const int Accounts = 1000;
    private const int CallsEach = 25;
    private const int Callers = 64;
    private const int Rounds = 200;
    private const int CallsPerRound = 40;
    private const int MaxBytesPerAccount = 20 * 1024;

    // With a margin for a busy machine, on which a run must not fail: its figures are for the reader.
    private const double MaxRatio = 1.25;

    public AccountsCommand()
        : base("accounts", $"{Accounts} accounts that are known only at run time, {CallsEach} calls each; and the neighbour of a failing account.") => SetAction(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var isHeld = await CountCostAsync(cancellationToken);
        foreach (var trouble in Enum.GetValues<Trouble>().Skip(1))
        {
            isHeld &= await CompareLatencyAsync(trouble, cancellationToken);
        }

        return isHeld ? 0 : 1;
    }

    private static async Task<bool> CountCostAsync(CancellationToken cancellationToken)
    {
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { MaxActiveAccessTokens = Accounts + Callers }, cancellationToken);
        emulator.Drive.AddToRecycleBin(Enumerable.Range(1, (Accounts + Callers) * CallsEach).Select(fileId => (long)fileId));
        var (bytes, left, connections) = await AccountsWorkerCommand.RunProcessAsync(emulator.BaseAddress, Accounts, CallsEach, Callers);

        var most = emulator.Requests.Where(request => request.PathAndQuery == Pan123Emulator.DeleteFilesPath)
            .GroupBy(request => request.Headers.First(header => header.Key == "Authorization").Value)
            .Select(requests => ArrivalTimes.MostWithinSecond(ArrivalTimes.Of(requests)))
            .ToList();
        var deleted = emulator.Drive.Count(FileState.Deleted);
        await Console.Out.WriteLineAsync(
            $"accounts: {deleted} files deleted by {most.Count} accounts, each with its own token; {bytes} bytes an account (at most {MaxBytesPerAccount}), {left} of them left once it is forgotten; "
            + $"{connections} connections at most for {Callers} callers; most requests of an account in any second: {most.Max()} of {AccountsWorkerCommand.Limit}");
        return bytes <= MaxBytesPerAccount && left <= bytes / 10 && connections <= Callers && most.Max() <= AccountsWorkerCommand.Limit && deleted == (Accounts + Callers) * CallsEach;
    }

    private static async Task<bool> CompareLatencyAsync(Trouble trouble, CancellationToken cancellationToken)
    {
        await using var emulator = await Pan123Emulator.StartAsync(cancellationToken: cancellationToken);
        await using var services = Build(emulator);
        var factory = services.GetRequiredService<IPan123ClientFactory>();
        var (alice, bob) = (factory.CreateClient("alice", new Tokens(emulator.AccessToken)), factory.CreateClient("bob", new Tokens(emulator.AccessToken)));
        var (before, ratios) = (0.0, new List<double>());
        var nextId = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var isInTrouble = round % 2 != 0;
            var latencies = new List<double>();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var neighbour = CallSteadilyAsync(isInTrouble ? trouble : Trouble.None, end.Token);
            for (var call = 0; call < CallsPerRound; call++)
            {
                var started = Stopwatch.GetTimestamp();
                await bob.DeleteFilesAsync([TakeId()], cancellationToken);
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            }

            await end.CancelAsync();
            await neighbour;

            // Each round is compared with the previous one, since other processes use the machine too.
            if (isInTrouble)
            {
                ratios.Add(Median(latencies) / before);
            }
            else
            {
                before = Median(latencies);
            }
        }

        var ratio = Median(ratios);
        await Console.Out.WriteLineAsync($"accounts, a neighbour {trouble.ToString().ToLowerInvariant()}: the latency of the others is {ratio:F3} of what it was (median of {ratios.Count} rounds of {CallsPerRound} calls)");
        return ratio <= MaxRatio;

        long TakeId()
        {
            var id = Interlocked.Increment(ref nextId);
            emulator.Drive.AddToRecycleBin(id);
            return id;
        }

        async Task CallSteadilyAsync(Trouble now, CancellationToken cancelled)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            TroubleHandler.Current.Value = now;
            try
            {
                while (await timer.WaitForNextTickAsync(cancelled))
                {
                    await alice.DeleteFilesAsync([TakeId()], cancelled);
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or Pan123Exception)
            {
                // The loop continues with the next round: the calls of this account wait, or fail.
                if (!cancelled.IsCancellationRequested)
                {
                    await CallSteadilyAsync(now, cancelled);
                }
            }
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static ServiceProvider Build(Pan123Emulator emulator)
    {
        var collection = new ServiceCollection();
        collection.AddPan123ClientFactory(options => (options.BaseAddress, options.RequestsPerSecond, options.MaxRetries) = (emulator.BaseAddress, null, 0))
            .AddHttpMessageHandler(() => new TroubleHandler());
        return collection.BuildServiceProvider();
    }

    private enum Trouble
    {
        None,
        Revoked,
        Limited,
        Broken,
    }

    /// <summary>Responds in place of the service to the failing account.</summary>
    private sealed class TroubleHandler : DelegatingHandler
    {
        public static AsyncLocal<Trouble> Current { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Current.Value switch
        {
            Trouble.Revoked => Respond(HttpStatusCode.Unauthorized),
            Trouble.Limited => Respond(HttpStatusCode.TooManyRequests),
            Trouble.Broken => Respond(HttpStatusCode.ServiceUnavailable),
            _ => base.SendAsync(request, cancellationToken),
        };

        [System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA2000", Justification = "The client disposes it.")]
        private static Task<HttpResponseMessage> Respond(HttpStatusCode status) => Task.FromResult(new HttpResponseMessage(status));
    }

    private sealed class Tokens(string token) : IAccessTokenProvider
    {
        public ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken) => new(new AccessToken(token));
    }
}
