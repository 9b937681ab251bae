using System.Globalization;

namespace Pan123.Benchmarks;

/// <summary>The costs as the README shows them: a scene a row, and how many times the time and the bytes of the call by hand.</summary>
internal static class RatioTable
{
    private static readonly Way[] Ways = Enum.GetValues<Way>();

    public static string Format(IReadOnlyList<Cost> costs)
    {
        string[] header = ["| time / bytes, of those by hand | by hand | Pan123.Generated | Refit | NSwag's default | RestSharp |", "|---|---|---|---|---|---|"];
        var rows = costs.GroupBy(cost => (cost.Scene, cost.Files)).Select(scene =>
        {
            var byHand = scene.Single(cost => cost.Way == Way.HandWritten);
            var cells = Ways.Select(way => scene.SingleOrDefault(cost => cost.Way == way) is { } cost ? Format(cost, byHand) : "");
            return $"| {scene.Key.Scene}, {scene.Key.Files} {(scene.Key.Files == 1 ? "file" : "files")} | {string.Join(" | ", cells)} |";
        });
        return string.Join('\n', [.. header, .. rows]);
    }

    private static string Format(Cost cost, Cost byHand) => cost == byHand
        ? string.Create(CultureInfo.InvariantCulture, $"{Time(cost.Nanoseconds)}{(cost.Bytes is { } bytes ? $" / {bytes / 1000.0:F1} kB" : "")}")
        : string.Create(CultureInfo.InvariantCulture, $"{cost.Nanoseconds / byHand.Nanoseconds:F2}{(cost.Bytes is { } taken ? $" / {(double)taken / byHand.Bytes!.Value:F2}" : "")}");

    private static string Time(double nanoseconds) => nanoseconds < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:F1} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000:F0} ms");
}
