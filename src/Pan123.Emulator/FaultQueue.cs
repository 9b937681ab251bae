using System.Diagnostics.CodeAnalysis;

namespace Pan123.Emulator;

/// <summary>
/// The faults of the next requests: each request takes the first queued fault for its path. If there is none, a random fault may strike it
/// (<see cref="AddWithProbability"/>).
/// </summary>
/// <remarks>
/// All members are thread-safe. When the queue is empty, and there are no random faults, requests are processed as usual. A request that
/// <see cref="Pan123EmulatorOptions.RequestsPerSecond"/> rejects takes no fault.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, but one that only the emulator takes from.")]
public sealed class FaultQueue
{
    private readonly Lock _lock = new();
    private readonly List<(Fault Fault, string? Path)> _waiting = [];
    private readonly List<RandomFault> _random = [];

    internal FaultQueue()
    {
    }

    /// <summary>The number of queued faults.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds a fault to the end of the queue.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="times">The number of requests in a row that meet it; at least 1.</param>
    /// <param name="path">
    /// The one path at which it strikes, such as <see cref="Pan123Emulator.DeleteFilesPath"/>: requests to other paths skip it, and
    /// take the next one. Null for any path.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="fault"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is less than 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> does not begin with a slash.</exception>
    public void Enqueue(Fault fault, int times = 1, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        ThrowIfNotPath(path);
        lock (_lock)
        {
            _waiting.AddRange(Enumerable.Repeat((fault, path), times));
        }
    }

    /// <summary>
    /// From now on, lets a random fault strike each request that no queued fault strikes, with this probability. The same seed and the
    /// same order of requests give the same faults (on the same version of .NET). Call it again to add more, for instance for another path.
    /// </summary>
    /// <param name="probability">The probability that a request meets a fault: 0 for none, 1 for all.</param>
    /// <param name="seed">The seed of the random choice; any number.</param>
    /// <param name="faults">The faults, each as probable as the others; at least one.</param>
    /// <param name="path">The one path at which they strike; null for any.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not between 0 and 1.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="faults"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="faults"/> is empty or holds null, or <paramref name="path"/> does not begin with a slash.
    /// </exception>
    public void AddWithProbability(double probability, int seed, IEnumerable<Fault> faults, string? path = null)
    {
        if (probability is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability must be between 0 and 1.");
        }

        ArgumentNullException.ThrowIfNull(faults);
        Fault[] choice = [.. faults];
        if (choice.Length == 0 || choice.Contains(null))
        {
            throw new ArgumentException("Give at least one fault, and none that is null.", nameof(faults));
        }

        ThrowIfNotPath(path);
        lock (_lock)
        {
            _random.Add(new RandomFault(probability, seed, choice, path));
        }
    }

    /// <summary>Removes all queued and all random faults.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _waiting.Clear();
            _random.Clear();
        }
    }

    internal Fault? Take(string path)
    {
        lock (_lock)
        {
            var index = _waiting.FindIndex(each => each.Path is null || each.Path == path);
            if (index >= 0)
            {
                var fault = _waiting[index].Fault;
                _waiting.RemoveAt(index);
                return fault;
            }

            return _random.Select(each => each.Draw(path)).FirstOrDefault(fault => fault is not null);
        }
    }

    private static void ThrowIfNotPath(string? path)
    {
        if (path?.StartsWith('/') == false)
        {
            throw new ArgumentException("A path must begin with a slash.", nameof(path));
        }
    }
}
