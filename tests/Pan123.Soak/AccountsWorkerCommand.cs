using System.CommandLine;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>Many accounts in a separate process, so that its memory is the client's.</summary>
internal sealed class AccountsWorkerCommand : Command
{
    public const int Limit = 10;

    private readonly Option<string> _baseAddress = new("--base-address") { Required = true };
    private readonly Option<int> _accounts = new("--accounts") { Required = true };
    private readonly Option<int> _calls = new("--calls") { Required = true, Description = "The calls of each account." };
    private readonly Option<int> _callers = new("--callers") { Required = true };

    public AccountsWorkerCommand()
        : base("accounts-worker", "Deletes a file by each call, and writes the bytes per account, the bytes left when it is forgotten, and the maximum number of open connections.")
    {
        Add(_baseAddress);
        Add(_accounts);
        Add(_calls);
        Add(_callers);
        SetAction(RunAsync);
    }

    public static async Task<(long Bytes, long Left, long Connections)> RunProcessAsync(Uri baseAddress, int accounts, int calls, int callers)
    {
        var output = await SoakProcess.RunAsync("accounts-worker", "--base-address", $"{baseAddress}", "--accounts", $"{accounts}", "--calls", $"{calls}", "--callers", $"{callers}");
        return output.Split(' ').Select(figure => long.Parse(figure, CultureInfo.InvariantCulture)).ToArray() is [var bytes, var left, var connections]
            ? (bytes, left, connections)
            : throw new InvalidOperationException($"The worker wrote '{output}'; its error output says why.");
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (accounts, callsEach) = (arguments.GetValue(_accounts), arguments.GetValue(_calls));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = arguments.GetValue(_callers), CancellationToken = cancellationToken };
        using var connections = new OpenConnections();
        var clock = new SkippingClock();
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddPan123ClientFactory(options => (options.BaseAddress, options.RequestsPerSecond) = (new Uri(arguments.GetRequiredValue(_baseAddress)), Limit));
        await using var services = collection.BuildServiceProvider();
        var factory = services.GetRequiredService<IPan123ClientFactory>();

        // First with as many accounts as callers, so that connections and pools exist.
        var warmUp = parallel.MaxDegreeOfParallelism;
        await CallAllAsync(0, warmUp);
        ForgetAll();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await CallAllAsync(warmUp, accounts);
        var used = GC.GetTotalMemory(forceFullCollection: true);
        ForgetAll();
        var idle = GC.GetTotalMemory(forceFullCollection: true);

        await Console.Out.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{(used - before) / accounts} {(idle - before) / accounts} {connections.Most}"));
        return 0;

        // In an order in which each account is called several times within a second.
        Task CallAllAsync(int first, int count) => Parallel.ForEachAsync(
            from chunk in Enumerable.Range(first, count).Chunk(10)
            from call in Enumerable.Range(0, callsEach)
            from account in chunk
            select (account, call),
            parallel,
            async (each, _) => await CallAsync(each.account, each.call));

        void ForgetAll()
        {
            clock.Skip(TimeSpan.FromHours(1));
            clock.Skip(TimeSpan.FromHours(1));
        }

        Task CallAsync(int account, int call) =>
            factory.CreateClient($"account-{account}", Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret).DeleteFilesAsync([1 + (account * callsEach) + call], cancellationToken);
    }

    /// <summary>Counts the connections that HttpClient has open.</summary>
    private sealed class OpenConnections : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _open;

        public OpenConnections()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "http.client.open_connections")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, change, _, _) => Most = Math.Max(Most, Interlocked.Add(ref _open, change)));
            _listener.Start();
        }

        public long Most { get; private set; }

        public void Dispose() => _listener.Dispose();
    }

    /// <summary>The system's clock, but hours can be skipped, which only timers of hours notice.</summary>
    private sealed class SkippingClock : TimeProvider
    {
        private readonly List<(TimerCallback Callback, object? State)> _timers = [];
        private long _skipped;

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _skipped);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (period >= TimeSpan.FromHours(1))
            {
                _timers.Add((callback, state));
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }

        public void Skip(TimeSpan time)
        {
            Interlocked.Add(ref _skipped, (long)(time.TotalSeconds * TimestampFrequency));
            foreach (var (callback, state) in _timers)
            {
                callback(state);
            }
        }
    }
}
