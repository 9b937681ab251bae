using Microsoft.Extensions.Time.Testing;

namespace Pan123.Cli.Tests;

/// <summary>A clock whose timers run in the context of whoever made them, and so in its language, as those of the platform do.</summary>
internal class FlowingClock : FakeTimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // None for a timer of a cancellation, which has nothing to say.
        return ExecutionContext.Capture() is { } context
            ? base.CreateTimer(inner => ExecutionContext.Run(context, again => callback(again), inner), state, dueTime, period)
            : base.CreateTimer(callback, state, dueTime, period);
    }
}
