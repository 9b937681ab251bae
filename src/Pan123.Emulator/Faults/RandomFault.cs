using System.Diagnostics.CodeAnalysis;

namespace Pan123.Emulator;

/// <summary>Lets faults strike requests with a probability, chosen by a seed. Not thread-safe.</summary>
[SuppressMessage("Security", "CA5394", Justification = "It must be reproducible, and guards nothing.")]
internal sealed class RandomFault(double probability, int seed, IReadOnlyList<Fault> faults, string? path)
{
    private readonly Random _random = new(seed);

    /// <summary>Draws for the next request.</summary>
    /// <returns>The fault that it meets; null if it is spared, or goes elsewhere.</returns>
    public Fault? Draw(string requestPath) =>
        (path is null || path == requestPath) && _random.NextDouble() < probability ? faults[_random.Next(faults.Count)] : null;
}
