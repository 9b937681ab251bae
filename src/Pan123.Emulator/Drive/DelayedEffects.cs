namespace Pan123.Emulator;

/// <summary>Changes of the drive that take effect after a delay, in the order of the requests. Not thread-safe.</summary>
/// <param name="clock">The clock.</param>
/// <param name="delay">The delay; zero for none.</param>
internal sealed class DelayedEffects(TimeProvider clock, TimeSpan delay)
{
    private readonly Queue<(DateTimeOffset DueAt, Action Effect)> _pending = [];

    public void Add(Action effect)
    {
        if (delay == TimeSpan.Zero)
        {
            effect();
        }
        else
        {
            _pending.Enqueue((clock.GetUtcNow() + delay, effect));
        }
    }

    /// <summary>Applies the changes that are due.</summary>
    public void ApplyDue()
    {
        if (_pending.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        while (_pending.TryPeek(out var next) && next.DueAt <= now)
        {
            _pending.Dequeue().Effect();
        }
    }
}
