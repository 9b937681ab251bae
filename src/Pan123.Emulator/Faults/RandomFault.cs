using System.Diagnostics.CodeAnalysis;

namespace Pan123.Emulator;

/// <summary>Lets faults strike requests with a probability, chosen by a seed. Not thread-safe.</summary>
[SuppressMessage("Security", "CA5394", Justification = "It must be reproducible, and guards nothing.")]
internal sealed class RandomFault(double probability, int seed, IReadOnlyList<Fault> faults, string? path)
{
    private readonly Random _random = new(seed);

    /// <summary>Chooses the fault of the next request.</summary>
    /// <returns>The fault that strikes it; null if none does, or if its path is another one.</returns>
    public Fault? Draw(string requestPath) =>
        (path is null || path == requestPath) && _random.NextDouble() < probability ? faults[_random.Next(faults.Count)] : null;
}
