using System.Diagnostics.CodeAnalysis;

namespace Pan123.Emulator;

/// <summary>What goes wrong with the next requests: each takes one fault, in order, at whatever path it arrives.</summary>
/// <remarks>All members may be used from any thread. Once the queue is empty, requests are answered as usual.</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, but one that only the emulator takes from.")]
public sealed class FaultQueue
{
    private readonly Lock _lock = new();
    private readonly Queue<Fault> _faults = [];

    internal FaultQueue()
    {
    }

    /// <summary>How many faults wait for a request.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _faults.Count;
            }
        }
    }

    /// <summary>Adds a fault behind those that already wait.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="times">How many requests in a row shall meet it; at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fault"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is less than 1.</exception>
    public void Enqueue(Fault fault, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (_lock)
        {
            for (var i = 0; i < times; i++)
            {
                _faults.Enqueue(fault);
            }
        }
    }

    /// <summary>Forgets all faults that still wait.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    internal Fault? Take()
    {
        lock (_lock)
        {
            return _faults.TryDequeue(out var fault) ? fault : null;
        }
    }
}
