using Microsoft.Extensions.Time.Testing;

namespace Pan123.Tests;

/// <summary>How the limit follows what the service lets through and what gets a 429.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class AdaptiveLimitTests
{
    private readonly FakeTimeProvider _clock = new();

    [TestCase(1, ExpectedResult = 1)]
    [TestCase(2, ExpectedResult = 2)]
    [TestCase(10, ExpectedResult = 2)]
    [TestCase(int.MaxValue, ExpectedResult = 2)]
    public int The_first_requests_are_two_at_most(int max) => Create(max).Current;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(10)]
    [TestCase(int.MaxValue)]
    public void When_they_are_let_through_the_limit_is_what_was_set(int max)
    {
        var limit = Create(max);

        LetThrough(limit, 1);
        var afterOne = limit.Current;
        LetThrough(limit, 2);

        Assert.That((afterOne, limit.Current), Is.EqualTo((Math.Min(2, max), max)));
    }

    [TestCase(0, ExpectedResult = 1)]
    [TestCase(1, ExpectedResult = 1)]
    [TestCase(7, ExpectedResult = 7)]
    [TestCase(10, ExpectedResult = 10)]
    public int A_429_lowers_it_to_what_was_let_through_within_the_last_second(int letThrough)
    {
        var limit = CreateOpen(10);

        Throttle(limit, letThrough);

        return limit.Current;
    }

    [Test]
    public void A_429_never_raises_it()
    {
        var limit = CreateOpen(10);
        Throttle(limit, 3);

        Throttle(limit, 9);

        Assert.That(limit.Current, Is.EqualTo(3));
    }

    [Test]
    public void Responses_that_come_after_the_429_to_requests_from_before_it_count()
    {
        var limit = CreateOpen(10);
        Throttle(limit, 3);

        LetThrough(limit, 4);
        LetThrough(limit, 5);

        Assert.That(limit.Current, Is.EqualTo(5));
    }

    [Test]
    public void Never_more_than_was_set()
    {
        var limit = CreateOpen(10);

        LetThrough(limit, 11);

        Assert.That(limit.Current, Is.EqualTo(10));
    }

    [Test]
    public void What_was_let_through_lately_is_tried_again_after_4_seconds_and_reached_at_once()
    {
        var limit = CreateOpen(10);
        LetThrough(limit, 10);
        Throttle(limit, 1);

        Advance(3.9);
        LetThrough(limit, 1);
        var tooEarly = limit.Current;
        Advance(0.1);
        var steps = new List<int>();
        foreach (var letThrough in new[] { 1, 2, 4, 8, 10 })
        {
            LetThrough(limit, letThrough);
            steps.Add(limit.Current);
        }

        Assert.That((tooEarly, steps), Is.EqualTo((1, new[] { 2, 4, 8, 10, 10 })));
    }

    [Test]
    public void A_limit_that_is_not_used_is_not_raised()
    {
        var limit = CreateOpen(10);
        LetThrough(limit, 10);
        Throttle(limit, 5);

        Advance(60);
        LetThrough(limit, 4);

        Assert.That(limit.Current, Is.EqualTo(5));
    }

    [TestCase(10, new[] { 4, 12, 12, 12 })]
    [TestCase(2, new[] { 15, 240, 240, 240 })]
    public void A_try_that_fails_is_made_again_later(int most, int[] seconds)
    {
        // At the start a member's account with 10 a second, or a free one with 1.
        var limit = Create(10);
        LetThrough(limit, 1);
        if (most == 10)
        {
            LetThrough(limit, 2);
            LetThrough(limit, 10);
        }

        Throttle(limit, 1);
        foreach (var wait in seconds)
        {
            Advance(wait - 0.1);
            LetThrough(limit, 1);
            var before = limit.Current;
            Advance(0.1);
            LetThrough(limit, 1);
            Assert.That((before, limit.Current), Is.EqualTo((1, 2)), $"After {wait} s.");
            Throttle(limit, 1);
        }
    }

    [Test]
    public void What_was_let_through_more_than_two_minutes_ago_is_tried_as_if_it_never_was()
    {
        var limit = CreateOpen(10);
        LetThrough(limit, 10);
        Throttle(limit, 1);
        Advance(119.9);
        LetThrough(limit, 1);
        Throttle(limit, 1);

        Advance(14.9);
        LetThrough(limit, 1);
        var tooEarly = limit.Current;
        Advance(0.1);
        LetThrough(limit, 1);

        Assert.That((tooEarly, limit.Current), Is.EqualTo((1, 2)));
    }

    [Test]
    public void It_is_news_once_when_the_limit_has_fallen_and_none_when_a_try_has_failed()
    {
        var limit = CreateOpen(10);
        LetThrough(limit, 10);
        var atFirst = limit.TakeNews();
        Throttle(limit, 1);
        var (fallen, again) = (limit.TakeNews(), limit.TakeNews());
        Advance(4);
        LetThrough(limit, 1);
        Throttle(limit, 1);

        Assert.That((atFirst, fallen, again, limit.TakeNews()), Is.EqualTo((default(int?), 1, default(int?), default(int?))));
    }

    [Test]
    public void It_is_news_once_a_minute_at_most()
    {
        var limit = CreateOpen(10);
        LetThrough(limit, 10);
        Throttle(limit, 7);
        limit.TakeNews();
        Throttle(limit, 5);
        Advance(59.9);
        var tooEarly = limit.TakeNews();
        Advance(0.1);

        Assert.That((tooEarly, limit.TakeNews()), Is.EqualTo((default(int?), 5)));
    }

    [Test]
    public void It_is_no_news_a_minute_later_when_a_try_has_failed()
    {
        var limit = CreateOpen(10);
        LetThrough(limit, 10);
        Throttle(limit, 1);
        limit.TakeNews();
        Advance(61);
        LetThrough(limit, 1);
        Throttle(limit, 1);

        Assert.That(limit.TakeNews(), Is.Null);
    }

    [Test]
    public void It_is_news_that_it_has_fallen_twice()
    {
        var limit = CreateOpen(10);
        LetThrough(limit, 10);
        Throttle(limit, 7);
        Throttle(limit, 5);

        Assert.That(limit.TakeNews(), Is.EqualTo(5));
    }

    [Test]
    public void What_was_let_through_again_lately_counts_as_lately()
    {
        var limit = CreateOpen(10);
        LetThrough(limit, 10);
        Advance(100);
        LetThrough(limit, 10);
        Advance(50);
        Throttle(limit, 1);

        Advance(4);
        LetThrough(limit, 1);

        Assert.That(limit.Current, Is.EqualTo(2));
    }

    [Test]
    public void The_steps_double_without_a_maximum_too()
    {
        var limit = CreateOpen(int.MaxValue);
        LetThrough(limit, 10);
        Throttle(limit, 1);
        Advance(12);

        LetThrough(limit, 1);
        LetThrough(limit, 2);
        LetThrough(limit, 4);

        Assert.That(limit.Current, Is.EqualTo(8));
    }

    private AdaptiveLimit Create(int max) => new(max, _clock);

    private AdaptiveLimit CreateOpen(int max)
    {
        var limit = Create(max);
        LetThrough(limit, 2);
        return limit;
    }

    private void LetThrough(AdaptiveLimit limit, int withinSecond) => limit.Raise(withinSecond, _clock.GetTimestamp());

    private void Throttle(AdaptiveLimit limit, int letThrough) => limit.Lower(letThrough, _clock.GetTimestamp());

    private void Advance(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));
}
