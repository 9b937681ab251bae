using Microsoft.Extensions.Time.Testing;

namespace Pan123.Tests;

/// <summary>What is taken for the shortest round trip, in milliseconds.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class ShortestRoundTripTests
{
    private readonly FakeTimeProvider _clock = new();

    [TestCase(new int[0], ExpectedResult = 0)]
    [TestCase(new[] { 20 }, ExpectedResult = 0)]
    [TestCase(new[] { 140, 100, 120 }, ExpectedResult = 70)]
    public double Of_a_few_it_may_be_30_less(int[] roundTrips)
    {
        var shortest = new ShortestRoundTrip(_clock);

        Add(shortest, roundTrips);

        return shortest.Value.TotalMilliseconds;
    }

    // The average is 8 or 20 more than the shortest: the limiter's slack, at both ends, is enough for 10.
    [TestCase(116, 100, ExpectedResult = 100)]
    [TestCase(140, 100, ExpectedResult = 95)]
    [TestCase(116, 80, ExpectedResult = 70)]
    public double Of_16_within_a_second_it_is_as_much_less_as_they_differ(int other, int next)
    {
        var shortest = new ShortestRoundTrip(_clock);
        Add(shortest, [.. Enumerable.Repeat(100, 8), .. Enumerable.Repeat(other, 8)]);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Add(shortest, next);

        return shortest.Value.TotalMilliseconds;
    }

    private void Add(ShortestRoundTrip shortest, params int[] roundTrips)
    {
        foreach (var roundTrip in roundTrips)
        {
            shortest.Add(TimeSpan.FromMilliseconds(roundTrip), _clock.GetTimestamp());
        }
    }
}
