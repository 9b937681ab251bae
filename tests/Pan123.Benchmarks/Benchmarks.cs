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

/// <summary>The scenes that BenchmarkDotNet measures.</summary>
internal static class Benchmarks
{
    private static readonly (Type Type, string Name)[] Scenes =
    [
        (typeof(BareScene), "bare"),
        (typeof(RefusedScene), "bare, refused"),
        (typeof(PipelineScene), "whole pipeline"),
        (typeof(LoopbackScene), "loopback, emulator included"),
    ];

    public static IEnumerable<Cost> Measure(bool isSmoke, string? filter)
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
        return Scenes
            .Where(scene => filter is null || scene.Name.StartsWith(filter, StringComparison.OrdinalIgnoreCase))
            .SelectMany(scene => BenchmarkRunner.Run(scene.Type, config).Reports.Select(report => ToCost(scene.Name, report)));
    }

    private static Cost ToCost(string scene, BenchmarkReport report)
    {
        var parameters = report.BenchmarkCase.Parameters;
        return report.Success && report.ResultStatistics is { } statistics
            ? new Cost(
                scene,
                (Way)parameters[nameof(Scene.Way)],
                (int)parameters[nameof(Scene.Files)],
                statistics.Median,
                report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase))
            : throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} failed.");
    }
}
