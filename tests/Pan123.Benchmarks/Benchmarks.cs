using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Pan123.Benchmarks;

/// <summary>The scenarios that BenchmarkDotNet measures.</summary>
internal static class Benchmarks
{
    private static readonly (Type Type, string Name)[] Scenarios =
    [
        (typeof(BareScenario), "bare"),
        (typeof(RejectedScenario), "bare, rejected"),
        (typeof(PipelineScenario), "whole pipeline"),
        (typeof(LoopbackScenario), "loopback, emulator included"),
    ];

    public static IEnumerable<BenchmarkResult> Measure(bool isSmoke, string? filter)
    {
        // In a process of their own each, where it counts; a process and a build for each are too slow to see whether it still runs.
        var job = isSmoke
            ? Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(2).WithIterationCount(3).WithIterationTime(TimeInterval.FromMilliseconds(50))
            : Job.Default.WithWarmupCount(10).WithIterationCount(15).WithIterationTime(TimeInterval.FromMilliseconds(250));
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(new MemoryDiagnoser(new MemoryDiagnoserConfig(displayGenColumns: false)))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(isSmoke ? NullLogger.Instance : ConsoleLogger.Default);
        return Scenarios
            .Where(scenario => filter is null || scenario.Name.StartsWith(filter, StringComparison.OrdinalIgnoreCase))
            .SelectMany(scenario => BenchmarkRunner.Run(scenario.Type, config).Reports.Select(report => ToResult(scenario.Name, report)));
    }

    private static BenchmarkResult ToResult(string scenario, BenchmarkReport report)
    {
        var parameters = report.BenchmarkCase.Parameters;
        return report.Success && report.ResultStatistics is { } statistics
            ? new BenchmarkResult(
                scenario,
                (ClientKind)parameters[nameof(Scenario.Client)],
                (int)parameters[nameof(Scenario.Files)],
                statistics.Median,
                report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase))
            : throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} failed.");
    }
}
