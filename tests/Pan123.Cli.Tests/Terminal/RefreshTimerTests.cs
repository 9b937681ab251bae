using Microsoft.Extensions.Time.Testing;

namespace Pan123.Cli.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class RefreshTimerTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = new();

    [Test]
    public async Task While_a_refresh_waits_there_is_no_other_one()
    {
        var refreshes = 0;
        await using (RefreshTimer.StartForLog(_clock, Refresh))
        {
            _clock.Advance(Period);
            Assert.That(refreshes, Is.EqualTo(1));

            _clock.Advance(Period);
            Assert.That(refreshes, Is.EqualTo(2), "The refresh before it has ended.");
        }

        void Refresh()
        {
            refreshes++;
            _clock.Advance(5 * Period);
        }
    }
}
