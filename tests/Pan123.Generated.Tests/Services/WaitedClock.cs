using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Pan123.Tests;

/// <summary>A clock that stands still until a test sets it, and says when somebody waits for it.</summary>
internal sealed class WaitedClock : FakeTimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How long each wait so far was meant to be.</summary>
    public IReadOnlyCollection<TimeSpan> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            _waits.Enqueue(dueTime);
            Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }

        return timer;
    }

    /// <summary>Returns when somebody waits for so long, or has done so already.</summary>
    public Task WaitedForAsync(TimeSpan wait, int times = 1) => WaitedForAsync(wait, wait, times);

    public async Task WaitedForAsync(TimeSpan least, TimeSpan most, int times = 1)
    {
        while (true)
        {
            var next = _next.Task;
            if (_waits.Count(wait => wait >= least && wait <= most) >= times)
            {
                return;
            }

            try
            {
                await next.WaitAsync(TimeSpan.FromSeconds(10));
            }
            catch (TimeoutException)
            {
                throw new AssertionException($"Nobody waits for {least} to {most}, but for {string.Join(", ", _waits)}.");
            }
        }
    }
}
