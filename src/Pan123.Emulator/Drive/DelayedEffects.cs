namespace Pan123.Emulator;

/// <summary>Changes of the drive that come some time after they were asked for, in their order. Not thread-safe.</summary>
/// <param name="clock">The clock.</param>
/// <param name="delay">The time between; none if they come at once.</param>
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

    /// <summary>Brings about what is due.</summary>
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
