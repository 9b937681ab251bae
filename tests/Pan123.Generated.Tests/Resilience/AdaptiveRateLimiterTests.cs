using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace Pan123.Tests;

/// <summary>When a request may be sent, against a service at a distance that counts what arrives, by a clock that the test sets.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class AdaptiveRateLimiterTests
{
    [TestCase(0)]
    [TestCase(100)]
    [TestCase(300)]
    [TestCase(1000)]
    public void The_limit_is_used_at_any_distance(int roundTrip)
    {
        var service = new DistantService(max: 10, limit: 10);

        service.Run(requests: 200, callers: 40, _ => (roundTrip / 2, roundTrip / 2));

        Assert.Multiple(() =>
        {
            Assert.That(service.Throttled, Is.Zero);
            Assert.That(service.Arrivals[^1] - service.Arrivals[0], Is.InRange(19_000, 19_200 + roundTrip));
        });
    }

    [TestCase(1, 3)]
    [TestCase(3, 9)]
    [TestCase(7, 7)]
    public void A_limit_that_nobody_knows_is_found(int limit, int mostThrottled)
    {
        var service = new DistantService(max: 10, limit);

        service.Run(requests: 200, callers: 8, _ => (25, 25));

        Assert.Multiple(() =>
        {
            Assert.That(service.LetThrough, Is.AtLeast(200));
            Assert.That(service.Throttled, Is.InRange(1, mostThrottled));
            Assert.That(service.Arrivals[^1] - service.Arrivals[0], Is.LessThan(200_000 / limit * 1.1));
        });
    }

    // The way there may grow but not become shorter; the way back, and what the service takes, may be anything.
    [Test]
    [SuppressMessage("Security", "CA5394", Justification = "Chance that a test can repeat, and that guards nothing.")]
    public void No_second_sees_more_than_the_limit() => Prop.ForAll(
        Arb.From(
            from max in Gen.Choose(1, 20)
            from callers in Gen.Choose(1, 40)
            from there in Gen.Choose(0, 500)
            from grows in Gen.Choose(0, 20)
            from back in Gen.Choose(0, 500)
            from jitter in Gen.Choose(0, 500)
            from seed in Gen.Choose(0, int.MaxValue)
            select (max, callers, there, grows, back, jitter, seed)),
        run =>
        {
            var random = new Random(run.seed);
            var service = new DistantService(run.max, limit: run.max);

            service.Run(requests: 60, run.callers, number => (run.there + (number * run.grows), run.back + random.Next(run.jitter + 1)));

            return service.Throttled == 0 && service.MostWithinSecond <= run.max;
        }).QuickCheckThrowOnFailure();

    // A machine that is far away, by a network whose delays differ: 20 runs of 200 requests each.
    [TestCase("100 ms", 30, 0.94)]
    [TestCase("300 ms", 30, 0.93)]
    [TestCase("to 300 ms and back", 10, 0.91)]
    [TestCase("to 300 ms and back, at once", 10, 0.89)]
    [SuppressMessage("Security", "CA5394", Justification = "Chance that a test can repeat, and that guards nothing.")]
    public void Round_trips_that_differ_cost_little(string name, int jitter, double used)
    {
        var runs = Enumerable.Range(1, 20).Select(seed =>
        {
            var random = new Random(seed);
            var service = new DistantService(max: 10, limit: 10);
            service.Run(requests: 200, callers: 8, _ => (OneWay(), OneWay()));
            return service;

            int OneWay() => (GetRoundTrip(service.Now / 1000.0) + random.Next(-jitter, jitter + 1)) / 2;
        }).ToList();

        TestContext.Out.WriteLine(string.Join(", ", runs.Select(run => $"{19_000.0 / (run.Arrivals[^1] - run.Arrivals[0]):P1} ({run.Throttled})")));
        Assert.That(runs.Min(run => 19_000.0 / (run.Arrivals[^1] - run.Arrivals[0])), Is.AtLeast(used));
        Assert.That(runs.Sum(run => run.Throttled), Is.Zero);

        int GetRoundTrip(double seconds) => name switch
        {
            "100 ms" => 100,
            "300 ms" => 300,
            "to 300 ms and back" => 100 + (int)(200 * Math.Clamp(1 - (Math.Abs(seconds - 10) / 5), 0, 1)),
            _ => seconds is > 7 and < 14 ? 300 : 100,
        };
    }

    [Test]
    public void Beside_a_program_that_takes_a_part_of_the_limit_the_rest_is_used([Range(0, 300, 50)] int offset)
    {
        var service = new DistantService(max: 10, limit: 10) { TakenByOthers = 3, FirstTaken = offset };

        service.Run(requests: 200, callers: 8, _ => (25, 25));

        Assert.Multiple(() =>
        {
            Assert.That(service.Arrivals[^1] - service.Arrivals[0], Is.LessThan(193_000 / 7 / 0.85));
            Assert.That(service.Throttled, Is.AtMost(10));
        });
    }

    // At a distance, the permits of those that took the limit have returned before the response is there.
    [Test]
    public void Of_the_requests_that_were_let_through_a_429_counts_those_whose_permits_have_returned_too()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new AdaptiveRateLimiter(10, clock);
        foreach (var requests in new[] { 2, 10, 9 })
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            var permits = Enumerable.Range(0, requests).Select(_ => Acquire(limiter)).ToList();
            clock.Advance(TimeSpan.FromMilliseconds(500));
            permits.ForEach(permit => permit.End(isThrottled: false));
        }

        clock.Advance(TimeSpan.FromMilliseconds(400));
        var tenth = Acquire(limiter);
        clock.Advance(TimeSpan.FromMilliseconds(500));
        tenth.End(isThrottled: true);

        Assert.That(limiter.Limit, Is.EqualTo(9));
    }

    // Also if round trips are known, and this one was not short.
    [TestCase(0)]
    [TestCase(2)]
    public void A_request_without_response_may_have_arrived_just_now(int responses)
    {
        var clock = new FakeTimeProvider();
        using var limiter = new AdaptiveRateLimiter(1, clock);
        for (var number = 0; number < responses; number++)
        {
            var responded = Acquire(limiter);
            clock.Advance(TimeSpan.FromMilliseconds(100));
            responded.End(isThrottled: false);
            clock.Advance(TimeSpan.FromSeconds(2));
        }

        var permit = Acquire(limiter);
        clock.Advance(TimeSpan.FromSeconds(20));
        permit.Dispose();

        var next = limiter.AcquireAsync(1).AsTask();
        clock.Advance(TimeSpan.FromMilliseconds(1004));
        var before = next.IsCompleted;
        clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That((before, next.IsCompleted), Is.EqualTo((false, true)));
    }

    [Test]
    public void Of_the_requests_that_were_let_through_a_429_counts_those_of_the_last_second()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new AdaptiveRateLimiter(10, clock);
        Acquire(limiter).End(isThrottled: false);
        Acquire(limiter).End(isThrottled: false);
        var slow = Acquire(limiter);
        Acquire(limiter).End(isThrottled: false);
        clock.Advance(TimeSpan.FromSeconds(5));

        slow.End(isThrottled: true);

        Assert.That(limiter.Limit, Is.EqualTo(1));
    }

    [Test]
    public void Two_responses_within_a_second_are_not_two_requests_within_a_second()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new AdaptiveRateLimiter(10, clock);
        var (letThrough, throttled) = (Acquire(limiter), Acquire(limiter));
        letThrough.End(isThrottled: false);
        throttled.End(isThrottled: true);
        clock.Advance(TimeSpan.FromSeconds(2));

        // The last one takes a little less than those before it, and is sent as soon as it may be.
        foreach (var (roundTrip, pause) in Enumerable.Repeat((300, 1000), 7).Append((300, 705)).Append((290, 0)))
        {
            var permit = Acquire(limiter);
            clock.Advance(TimeSpan.FromMilliseconds(roundTrip));
            permit.End(isThrottled: false);
            clock.Advance(TimeSpan.FromMilliseconds(pause));
        }

        Assert.That(limiter.Limit, Is.EqualTo(1));
    }

    [Test]
    public void The_next_request_that_is_let_through_tells_the_limit_that_has_fallen()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new AdaptiveRateLimiter(3, clock);
        var open = Enumerable.Range(0, 3).Select(_ => Acquire(limiter).End(isThrottled: false)).ToList();
        clock.Advance(TimeSpan.FromSeconds(2));
        var throttled = Acquire(limiter).End(isThrottled: true);
        clock.Advance(TimeSpan.FromSeconds(2));

        var next = Acquire(limiter).End(isThrottled: false);

        Assert.That((open, throttled, next), Is.EqualTo((new int?[] { null, null, null }, default(int?), 1)));
    }

    [Test]
    public void A_permit_has_nothing_to_say()
    {
        using var limiter = new AdaptiveRateLimiter(1, new FakeTimeProvider());
        using var permit = Acquire(limiter);

        Assert.That((permit.IsAcquired, permit.MetadataNames.Any(), permit.TryGetMetadata("name", out _)), Is.EqualTo((true, false, false)));
    }

    [Test]
    public void After_a_429_one_request_is_tried_at_a_time()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new AdaptiveRateLimiter(10, clock);
        Acquire(limiter).End(isThrottled: false);
        Acquire(limiter).End(isThrottled: false);
        Acquire(limiter).End(isThrottled: false);
        Acquire(limiter).End(isThrottled: true);
        clock.Advance(TimeSpan.FromSeconds(2));

        var (tried, waiting) = (Acquire(limiter), limiter.AcquireAsync(1).AsTask());
        var before = waiting.IsCompleted;
        tried.End(isThrottled: false);

        Assert.That((limiter.Limit, before, waiting.IsCompleted), Is.EqualTo((3, false, true)));
    }

    [Test]
    public async Task A_permit_goes_to_whoever_waits_longest_and_has_not_given_up()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new AdaptiveRateLimiter(1, clock);
        Acquire(limiter).End(isThrottled: false);
        using var cancellation = new CancellationTokenSource();
        var (cancelled, first, second) = (limiter.AcquireAsync(1, cancellation.Token).AsTask(), limiter.AcquireAsync(1).AsTask(), limiter.AcquireAsync(1).AsTask());

        await cancellation.CancelAsync();
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.That((cancelled.IsCanceled, first.IsCompletedSuccessfully, second.IsCompleted), Is.EqualTo((true, true, false)));
    }

    [Test]
    public void A_permit_returns_once()
    {
        var clock = new FakeTimeProvider();
        using var limiter = new AdaptiveRateLimiter(2, clock);
        var permit = Acquire(limiter);
        permit.End(isThrottled: false);
        permit.End(isThrottled: true);
        permit.Dispose();

        var next = limiter.AcquireAsync(1).AsTask();
        var another = limiter.AcquireAsync(1).AsTask();

        Assert.That((next.IsCompleted, another.IsCompleted), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task When_it_is_disposed_nobody_waits_any_more()
    {
        var limiter = new AdaptiveRateLimiter(1, new FakeTimeProvider());
        Acquire(limiter).End(isThrottled: false);
        var waiting = limiter.AcquireAsync(1).AsTask();

        await limiter.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => limiter.AcquireAsync(1).AsTask());
    }

    [Test]
    public async Task All_requests_that_wait_share_one_timer_which_ends_with_the_limiter()
    {
        var clock = new CountingClock();
        using var limiter = new AdaptiveRateLimiter(1, clock);
        Acquire(limiter).End(isThrottled: false);
        var timers = new List<int> { clock.LiveTimers };
        var waiting = Enumerable.Range(0, 3).Select(_ => limiter.AcquireAsync(1).AsTask()).ToList();
        timers.Add(clock.LiveTimers);
        clock.Advance(TimeSpan.FromSeconds(2));
        ((AdaptiveRateLimiter.Permit)await waiting[0]).End(isThrottled: false);
        timers.Add(clock.LiveTimers);

        await limiter.DisposeAsync();

        Assert.That(timers.Append(clock.LiveTimers), Is.EqualTo([0, 1, 1, 0]));
        Assert.That(waiting.Skip(1), Has.All.Property(nameof(Task.IsFaulted)).True);
    }

    [Test]
    public void The_timer_keeps_nothing_of_the_call_that_waits_first([Values] bool flows)
    {
        var clock = new ContextClock();
        using var limiter = new AdaptiveRateLimiter(1, clock);
        Acquire(limiter).End(isThrottled: false);

        using (flows ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _ = limiter.AcquireAsync(1).AsTask();
        }

        Assert.That((clock.Timers, clock.HasContext, ExecutionContext.IsFlowSuppressed()), Is.EqualTo((1, false, false)));
    }

    private static AdaptiveRateLimiter.Permit Acquire(AdaptiveRateLimiter limiter)
    {
        var permit = limiter.AcquireAsync(1).AsTask();
        Assert.That(permit.IsCompleted, Is.True, "There is no permit.");
        return (AdaptiveRateLimiter.Permit)permit.GetAwaiter().GetResult();
    }

    /// <summary>Knows whether a timer has the execution context of the one that created it.</summary>
    private sealed class ContextClock : FakeTimeProvider
    {
        public int Timers { get; private set; }

        public bool HasContext { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (Timers, HasContext) = (Timers + 1, !ExecutionContext.IsFlowSuppressed());
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    /// <summary>A service with a limit within any second, and the way to it and back, in milliseconds.</summary>
    private sealed class DistantService(int max, int limit)
    {
        private readonly FakeTimeProvider _clock = new();
        private readonly PriorityQueue<Action, (long At, int Order)> _events = new();
        private readonly List<long> _counted = [];
        private int _order;
        private long _otherDue;
        private long _otherAt;

        public long Now { get; private set; }

        /// <summary>How many requests a second another program uses, evenly.</summary>
        public int TakenByOthers { get; init; }

        /// <summary>When it sends the first one.</summary>
        public int FirstTaken
        {
            init => _otherDue = _otherAt = value;
        }

        /// <summary>When requests arrived that were let through.</summary>
        public List<long> Arrivals { get; } = [];

        public int LetThrough => Arrivals.Count;

        public int Throttled { get; private set; }

        public int MostWithinSecond => Arrivals.Max(arrival => Arrivals.Count(other => other > arrival - 1000 && other <= arrival));

        public void Run(int requests, int callers, Func<int, (int There, int Back)> getWay)
        {
            using var limiter = new AdaptiveRateLimiter(max, _clock);
            var (waiting, begun) = (new List<Task<RateLimitLease>>(), 0);
            while (LetThrough < requests)
            {
                // As many callers as there are, each with one request at a time.
                for (; waiting.Count + _events.Count < callers; begun++)
                {
                    waiting.Add(limiter.AcquireAsync(1).AsTask());
                }

                foreach (var permit in waiting.Where(permit => permit.IsCompleted).ToList())
                {
                    waiting.Remove(permit);
                    Send((AdaptiveRateLimiter.Permit)permit.GetAwaiter().GetResult(), getWay(LetThrough));
                }

                // A millisecond at a time, and what happens at each.
                while (_events.TryPeek(out var happens, out var next) && next.At <= Now)
                {
                    _events.Dequeue();
                    happens();
                }

                if (!waiting.Exists(permit => permit.IsCompleted) && waiting.Count + _events.Count >= callers)
                {
                    Now++;
                    SendOther();
                    _clock.Advance(TimeSpan.FromMilliseconds(1));
                }
            }
        }

        private void Send(AdaptiveRateLimiter.Permit permit, (int There, int Back) way) => Enqueue(Now + way.There, () =>
        {
            var isThrottled = !TryCount();
            if (isThrottled)
            {
                Throttled++;
            }
            else
            {
                Arrivals.Add(Now);
            }

            Enqueue(Now + way.Back, () => permit.End(isThrottled));
        });

        // The other program sends again what is rejected, 20 ms later.
        private void SendOther()
        {
            if (TakenByOthers > 0 && Now >= _otherAt)
            {
                var isLetThrough = TryCount();
                _otherDue += isLetThrough ? 1000 / TakenByOthers : 0;
                _otherAt = isLetThrough ? _otherDue : Now + 20;
            }
        }

        private bool TryCount()
        {
            var isLetThrough = _counted.Count(arrival => arrival > Now - 1000) < limit;
            if (isLetThrough)
            {
                _counted.Add(Now);
            }

            return isLetThrough;
        }

        private void Enqueue(long at, Action happens) => _events.Enqueue(happens, (at, _order++));
    }
}
