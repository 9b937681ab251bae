using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Pan123.Tests;

/// <summary>A clock that stands still until a test sets it, and says when somebody waits for it.</summary>
internal sealed class WaitedClock : FakeTimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WaitedClock() => _ = RunWildAsync();

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

    /// <summary>Lets time pass until a task has completed.</summary>
    public async Task<T> RunUntilAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Advance(TimeSpan.FromMilliseconds(200));
            await Task.WhenAny(task, Task.Delay(1));
        }

        return await task;
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

    // A test that fails may leave calls behind that wait for this clock, and Polly's pipelines, when they are disposed of, wait for the
    // calls: so that it fails and does not hang, the clock runs, once no good test would still be there.
    private async Task RunWildAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(30));
        for (var days = 0; days < 60; days++)
        {
            Advance(TimeSpan.FromDays(1));
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
