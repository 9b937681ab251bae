using System.Globalization;

namespace Pan123.Benchmarks;

/// <summary>The results as the README shows them: a scenario a row, and how many times the time and the bytes of the call by hand.</summary>
internal static class RatioTable
{
    private static readonly ClientKind[] Clients = Enum.GetValues<ClientKind>();

    public static string Format(IReadOnlyList<BenchmarkResult> results)
    {
        string[] header = ["| time / bytes, of those by hand | by hand | Pan123.Generated | Refit | NSwag's default | RestSharp |", "|---|---|---|---|---|---|"];
        var rows = results.GroupBy(result => (result.Scenario, result.Files)).Select(scenario =>
        {
            var byHand = scenario.Single(result => result.Client == ClientKind.HandWritten);
            var cells = Clients.Select(kind => scenario.SingleOrDefault(each => each.Client == kind) is { } result ? Format(result, byHand) : "");
            return $"| {scenario.Key.Scenario}, {scenario.Key.Files} {(scenario.Key.Files == 1 ? "file" : "files")} | {string.Join(" | ", cells)} |";
        });
        return string.Join('\n', [.. header, .. rows]);
    }

    private static string Format(BenchmarkResult result, BenchmarkResult byHand) => result == byHand
        ? string.Create(CultureInfo.InvariantCulture, $"{Time(result.Nanoseconds)}{(result.Bytes is { } bytes ? $" / {bytes / 1000.0:F1} kB" : "")}")
        : string.Create(CultureInfo.InvariantCulture, $"{result.Nanoseconds / byHand.Nanoseconds:F2}{(result.Bytes is { } taken ? $" / {(double)taken / byHand.Bytes!.Value:F2}" : "")}");

    private static string Time(double nanoseconds) => nanoseconds < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:F1} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000:F0} ms");
}
