using System.Diagnostics;
using System.Globalization;

namespace Pan123.Benchmarks;

/// <summary>What a call costs that is the first in its process, the making of the client included: each sample is a process of its own.</summary>
internal static class FirstCall
{
    public const string CommandName = "first-call";

    private const int Files = 2;

    public static async Task<int> RunAsync(ClientKind kind, bool withPipeline)
    {
        var started = Stopwatch.GetTimestamp();
        using var transport = new InMemoryService(InMemoryService.Success);
        using var client = withPipeline
            ? ClientAdapterFactory.CreateWithPipeline(kind, transport, InMemoryService.Address)
            : ClientAdapterFactory.CreateBare(kind, transport, InMemoryService.Address);
        await client.DeleteFilesAsync(Scenario.FileIds(Files));
        await Console.Out.WriteLineAsync(Stopwatch.GetElapsedTime(started).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    public static async Task<IReadOnlyList<BenchmarkResult>> MeasureAsync(int samples)
    {
        var cases = Enum.GetValues<ClientKind>().Select(kind => (Client: kind, WithPipeline: false))
            .Concat(ClientAdapterFactory.WithPipeline.Select(kind => (Client: kind, WithPipeline: true)))
            .ToDictionary(each => each, _ => new List<double>());

        // In turns, so that what else the machine does meets all alike; the first round brings the files into memory.
        for (var i = 0; i <= samples; i++)
        {
            foreach (var (which, taken) in cases)
            {
                var milliseconds = await StartAsync(which.Client, which.WithPipeline);
                if (i > 0)
                {
                    taken.Add(milliseconds);
                }
            }
        }

        return [.. cases.Select(each => new BenchmarkResult(
            each.Key.WithPipeline ? "first call in a process, whole pipeline" : "first call in a process, bare",
            each.Key.Client,
            Files,
            each.Value.Order().ElementAt(samples / 2) * 1_000_000,
            Bytes: null))];
    }

    private static async Task<double> StartAsync(ClientKind kind, bool withPipeline)
    {
        string[] arguments = [.. HostArguments(), CommandName, kind.ToString(), withPipeline.ToString()];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The first call of {kind} failed: {output}");
    }

    // Started by its own host, or by `dotnet` with the assembly for an argument.
    private static string[] HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(FirstCall).Assembly.Location] : [];
}
