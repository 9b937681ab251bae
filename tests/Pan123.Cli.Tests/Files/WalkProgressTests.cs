using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Pan123.Cli.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class WalkProgressTests
{
    [Test]
    public async Task For_a_log_it_is_a_line_every_five_seconds()
    {
        using var console = new TestConsole().Width(80);
        await ShowAsync(console, supportsAnsi: false, seconds: 11);

        Assert.That(console.Lines, Is.EqualTo(["5 [folders]", "10 [folders]"]));
    }

    [Test]
    public async Task For_a_terminal_it_is_a_line_that_is_renewed()
    {
        using var console = new TestConsole().Width(80).Interactive().EmitAnsiSequences();
        await ShowAsync(console, supportsAnsi: true, seconds: 2);

        Assert.That(console.Output, Does.Contain("1 [folders]").And.Contain("2 [folders]"));
    }

    // A thread of the console's could outlive the walk.
    [Test]
    public async Task Nothing_but_the_clock_refreshes_the_line()
    {
        using var console = new TestConsole().Width(80).Interactive().EmitAnsiSequences();
        await ShowAsync(console, supportsAnsi: true, new FakeTimeProvider(), () => "folders", async () =>
        {
            await Task.Delay(300);
            Assert.That(console.Output, Does.Not.Contain("folders"));
        });
    }

    private static Task ShowAsync(TestConsole console, bool supportsAnsi, int seconds)
    {
        var (clock, passed) = (new FakeTimeProvider(), 0);
        return ShowAsync(console, supportsAnsi, clock, () => $"{passed} [folders]", () =>
        {
            for (passed = 1; passed <= seconds; passed++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            return Task.CompletedTask;
        });
    }

    private static Task ShowAsync(TestConsole console, bool supportsAnsi, FakeTimeProvider clock, Func<string> describe, Func<Task> walk)
    {
        var terminal = new Terminal(console, console) { Json = TextWriter.Null, OpenInput = () => TextReader.Null, SupportsAnsi = supportsAnsi };
        return new WalkProgress(terminal, clock).ShowAsync(describe, walk);
    }
}
