using System.Diagnostics.CodeAnalysis;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>A run as chance has it: its input, its options, what goes wrong and how it ends.</summary>
/// <param name="Count">How many IDs there are in the input, those that occur again and those that are none included.</param>
/// <param name="Seed">Decides which they are, and which requests a fault strikes.</param>
/// <param name="StaleProbability">How probable it is for a file not to be in the recycle bin.</param>
/// <param name="FaultProbability">How probable a fault is for a request.</param>
/// <param name="Concurrency">The option.</param>
/// <param name="IsAsynchronous">Whether the input comes in pieces; otherwise it is all there.</param>
/// <param name="IsolateRejected">The option.</param>
/// <param name="StopOnFirstFailure">The option.</param>
/// <param name="End">How the run ends; None for by itself.</param>
/// <param name="EndAt">After how many IDs read, or for a break after how many results.</param>
internal sealed record BatchScenario(
    int Count,
    int Seed,
    double StaleProbability,
    double FaultProbability,
    int Concurrency,
    bool IsAsynchronous,
    bool IsolateRejected,
    bool StopOnFirstFailure,
    BatchScenario.Ending End,
    int EndAt)
{
    public enum Ending
    {
        None,
        Cancel,
        Throw,
        Break,
    }

    /// <summary>None of them refuses a request whose work was done.</summary>
    public static IReadOnlyList<Fault> Faults { get; } =
    [
        Fault.BodyCode(429, "too many requests"),
        Fault.BodyCode(1, "failed"),
        Fault.BodyCode(5066, "file not found"),
        Fault.HttpStatus(HttpStatusCode.Forbidden),
        Fault.HttpStatus(HttpStatusCode.GatewayTimeout).AfterProcessing(),
        Fault.Html(),
        Fault.EmptyBody().AfterProcessing(),
        Fault.ConnectionReset(),
        Fault.ConnectionResetInBody().AfterProcessing(),
        Fault.TruncatedJson().AfterProcessing(),
    ];

    public static Arbitrary<BatchScenario> Any { get; } = Arb.From(
        from count in Gen.Frequency((1, Gen.Choose(0, 3)), (4, Gen.Choose(0, 450)))
        from seed in Gen.Choose(0, int.MaxValue)
        from stale in Gen.Elements(0, 0, 0.005, 0.02, 0.1)
        from faults in Gen.Elements(0, 0, 0.1, 0.5)
        from concurrency in Gen.Choose(1, 6)
        from isAsynchronous in Gen.Elements(true, false)
        from isolate in Gen.Elements(true, false)
        from stop in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
        from end in Gen.Frequency((3, Gen.Constant(Ending.None)), (2, Gen.Constant(Ending.Cancel)), (1, Gen.Constant(Ending.Throw)), (1, Gen.Constant(Ending.Break)))
        from endAt in end == Ending.Break ? Gen.Choose(1, 4) : Gen.Choose(0, 450)
        select new BatchScenario(count, seed, stale, faults, concurrency, isAsynchronous, isolate, stop, end, endAt),
        Shrink);

    [SuppressMessage("Security", "CA5394", Justification = "Chance that a test can repeat, and that guards nothing.")]
    public IReadOnlyList<long> FileIds()
    {
        // About one in ten occurs again, and of those that are none there are a few.
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, Count).Select(_ => random.NextInt64(-20, 2500))];
    }

    [SuppressMessage("Security", "CA5394", Justification = "Chance that a test can repeat, and that guards nothing.")]
    public bool IsStale(long fileId) => new Random(Seed + (int)fileId).NextDouble() < StaleProbability;

    private static IEnumerable<BatchScenario> Shrink(BatchScenario scenario)
    {
        BatchScenario[] simpler =
        [
            scenario with { Count = scenario.Count / 2 },
            scenario with { Count = Math.Max(scenario.Count - 1, 0) },
            scenario with { StaleProbability = 0 },
            scenario with { FaultProbability = 0 },
            scenario with { Concurrency = 1 },
            scenario with { IsAsynchronous = false },
            scenario with { IsolateRejected = false },
            scenario with { StopOnFirstFailure = false },
            scenario with { End = Ending.None, EndAt = 0 },
            scenario with { EndAt = scenario.EndAt / 2 },
        ];
        return simpler.Where(each => each != scenario);
    }
}
