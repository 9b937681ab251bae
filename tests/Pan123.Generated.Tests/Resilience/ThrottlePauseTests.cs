using Microsoft.Extensions.Time.Testing;

namespace Pan123.Tests;

/// <summary>How long all callers wait after a 429, in seconds.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class ThrottlePauseTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ThrottlePause _pause;

    public ThrottlePauseTests() => _pause = new ThrottlePause(TimeSpan.FromSeconds(10), _clock);

    [TestCase(7, 7, ExpectedResult = null)]
    [TestCase(7, 6, ExpectedResult = null)]
    [TestCase(7, 8, ExpectedResult = 8)]
    [TestCase(7, null, ExpectedResult = null)]
    public double? During_a_pause_only_a_longer_one_begins_that_is_demanded(int first, int? second)
    {
        Begin(first);

        return Begin(second);
    }

    [Test]
    public void A_pause_that_is_demanded_makes_the_next_backoff_no_longer()
    {
        Begin(7);
        _clock.Advance(TimeSpan.FromSeconds(7));

        Assert.That(Begin(null), Is.EqualTo(10));
    }

    [Test]
    public void What_was_let_through_is_recent_until_the_time_is_over()
    {
        var second = TimeSpan.FromSeconds(1);
        var before = _pause.HasLetThroughWithin(second);
        _pause.OnLetThrough();
        var at = _pause.HasLetThroughWithin(second);
        _clock.Advance(second);

        Assert.That((before, at, _pause.HasLetThroughWithin(second)), Is.EqualTo((false, true, false)));
    }

    private double? Begin(int? retryAfter) => _pause.Begin(retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null)?.TotalSeconds;
}
