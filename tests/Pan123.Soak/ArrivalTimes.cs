using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>When requests arrived, as the emulator records it.</summary>
internal static class ArrivalTimes
{
    public static IReadOnlyList<DateTimeOffset> Of(IEnumerable<RecordedRequest> requests) => [.. requests.Select(request => request.ArrivedAt).Order()];

    public static int MostWithinSecond(IReadOnlyList<DateTimeOffset> arrivals)
    {
        var (first, most) = (0, 0);
        for (var last = 0; last < arrivals.Count; last++)
        {
            while (arrivals[last] - arrivals[first] >= TimeSpan.FromSeconds(1))
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
