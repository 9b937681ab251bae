using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class ProgressTests
{
    [Test]
    public async Task For_a_log_it_is_a_line_every_five_seconds()
    {
        using var console = new TestConsole().Width(200);
        var clock = new FakeTimeProvider();

        await new ProgressLines(console, clock).ShowAsync(10_000, progress =>
        {
            for (var second = 1; second <= 11; second++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                progress.Increment(500);
            }

            return Task.CompletedTask;
        });

        Assert.That(console.Lines, Has.Count.EqualTo(2));
        Assert.That(console.Lines[0], Does.Match(@"\A2,000\b.*\b10,000\b.*\b500\b.*\b16 s\b"), "Files, of how many, in a second, time left.");
        Assert.That(console.Lines[1], Does.Match(@"\A4,500\b.*\b10,000\b.*\b500\b.*\b11 s\b"));
    }

    [Test]
    public async Task For_a_terminal_it_is_a_bar_that_is_gone_at_the_end()
    {
        using var console = new TestConsole().Width(80).Interactive().EmitAnsiSequences();
        var clock = new FakeTimeProvider();

        await new ProgressBar(console, clock).ShowAsync(10_000, progress =>
        {
            for (var second = 1; second <= 4; second++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                progress.Increment(500);
            }

            return Task.CompletedTask;
        });

        Assert.That(console.Output, Does.Match(@"\b2,000\b[^\n]*\b10,000\b[^\n]*\b500\b[^\n]*\b16 s\b"));
    }

    [Test]
    public async Task What_is_written_meanwhile_has_nothing_of_the_bar_behind_it()
    {
        using var console = new TestConsole().Width(80).Interactive().EmitAnsiSequences();
        var clock = new FakeTimeProvider();

        await new ProgressBar(console, clock).ShowAsync(10_000, _ =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.That(console.Output, Does.Contain("10,000"));
            console.WriteLine("a line");
            return Task.CompletedTask;
        });

        // The cursor goes to where the bar began, all from there on is erased, and then comes the line.
        Assert.That(console.Output, Does.Match(@"\e\[[0-9]+A\e\[Ja line"));
    }

    // A thread of the console's could outlive the run.
    [Test]
    public async Task Nothing_but_the_clock_refreshes_the_bar()
    {
        using var console = new TestConsole().Width(80).Interactive().EmitAnsiSequences();
        await new ProgressBar(console, new FakeTimeProvider()).ShowAsync(10_000, async _ =>
        {
            await Task.Delay(300);
            Assert.That(console.Output, Does.Not.Contain("10,000"));
        });
    }

    [TestCase(0, "0 s")]
    [TestCase(0.1, "1 s")]
    [TestCase(59.5, "1 min 0 s")]
    [TestCase(3599, "59 min 59 s")]
    [TestCase(7500, "2 h 5 min")]
    public void A_duration_is_as_people_say_it(double seconds, string text) => Assert.That(Duration.Format(TimeSpan.FromSeconds(seconds)), Is.EqualTo(text));
}
