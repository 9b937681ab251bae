using Microsoft.Extensions.Time.Testing;

namespace Pan123.Tests;

/// <summary>What is taken for the shortest round trip, in milliseconds.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class ShortestRoundTripTests
{
    private readonly FakeTimeProvider _clock = new();

    [TestCase(new int[0], ExpectedResult = 0)]
    [TestCase(new[] { 40 }, ExpectedResult = 0)]
    [TestCase(new[] { 140, 100, 120 }, ExpectedResult = 50)]
    public double Of_fewer_than_eight_it_may_be_50_less(int[] roundTrips)
    {
        var shortest = new ShortestRoundTrip(_clock);

        Add(shortest, roundTrips);

        return shortest.Value.TotalMilliseconds;
    }

    // Five times the jitter, divided by the square root of the number; the limiter's slack covers 5 of it.
    [TestCase(4, 16, ExpectedResult = 100)]
    [TestCase(10, 16, ExpectedResult = 92.5)]
    [TestCase(10, 64, ExpectedResult = 98.75)]
    public double Of_more_it_is_less_the_more_they_differ_and_the_fewer_they_are(int jitter, int samples)
    {
        var shortest = new ShortestRoundTrip(_clock);

        Add(shortest, [.. Enumerable.Range(0, samples).Select(number => 100 + (number % 2 * jitter))]);

        return shortest.Value.TotalMilliseconds;
    }

    // 16 in this second and in each of the eight before it: 5 * 40 / 12 - 5.
    [Test]
    public void Those_that_are_forgotten_do_not_count()
    {
        var shortest = new ShortestRoundTrip(_clock);

        for (var second = 0; second < 30; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Add(shortest, [.. Enumerable.Range(0, 16).Select(number => 100 + (number % 2 * 40))]);
        }

        Assert.That(shortest.Value.TotalMilliseconds, Is.EqualTo(100 - 11.7).Within(0.1));
    }

    [TestCase(8, 100)]
    [TestCase(9, 300)]
    public void One_that_grows_is_noticed_after_eight_seconds(int seconds, int expected)
    {
        var shortest = new ShortestRoundTrip(_clock);
        Add(shortest, [.. Enumerable.Repeat(100, 64)]);

        for (var second = 0; second < seconds; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Add(shortest, [.. Enumerable.Repeat(300, 64)]);
        }

        Assert.That(shortest.Value.TotalMilliseconds, Is.EqualTo(expected).Within(1));
    }

    // Half of the decrease from one second to the next, for the second that follows too, whose first round trip may be a long one.
    [TestCase(new[] { 200, 160 }, 145)]
    [TestCase(new[] { 200, 160, 170 }, 145)]
    [TestCase(new[] { 200, 160, 160, 160 }, 160)]
    [TestCase(new[] { 200, 192 }, 192)]
    public void One_that_becomes_shorter_will_go_on_becoming_shorter(int[] bySecond, int expected)
    {
        var shortest = new ShortestRoundTrip(_clock);

        foreach (var roundTrip in bySecond)
        {
            Add(shortest, [.. Enumerable.Repeat(roundTrip, 64)]);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(shortest.Value.TotalMilliseconds, Is.EqualTo(expected).Within(1));
    }

    private void Add(ShortestRoundTrip shortest, params int[] roundTrips)
    {
        foreach (var roundTrip in roundTrips)
        {
            shortest.Add(TimeSpan.FromMilliseconds(roundTrip), _clock.GetTimestamp());
        }
    }
}
