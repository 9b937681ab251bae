using System.Diagnostics;

namespace Pan123.Soak;

/// <summary>
/// Delays as long as asked. <see cref="Task.Delay(TimeSpan)"/> counts in the ticks of the system, 4 ms on Linux and 16 ms on Windows: where a
/// latency is emulated, that would be a jitter of its own.
/// </summary>
internal static class ExactDelay
{
    private static readonly PriorityQueue<TaskCompletionSource, long> Waiting = new();

    static ExactDelay() => new Thread(Run) { IsBackground = true, Name = nameof(ExactDelay), Priority = ThreadPriority.AboveNormal }.Start();

    public static async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var end = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (Waiting)
        {
            Waiting.Enqueue(waiting, end);
        }

        await waiting.Task.WaitAsync(cancellationToken);
    }

    private static void Run()
    {
        while (true)
        {
            lock (Waiting)
            {
                while (Waiting.TryPeek(out var waiting, out var end) && end <= Stopwatch.GetTimestamp())
                {
                    Waiting.Dequeue();
                    waiting.SetResult();
                }
            }

            // A sleeping thread is woken by a timer of its own, within a tenth of a millisecond.
            Thread.Sleep(1);
        }
    }
}
