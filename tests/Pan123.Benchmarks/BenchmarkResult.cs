namespace Pan123.Benchmarks;

/// <summary>What a call was measured to cost.</summary>
/// <param name="Scenario">Under which circumstances.</param>
/// <param name="Client">Which client calls.</param>
/// <param name="Files">How many files it deletes.</param>
/// <param name="Nanoseconds">The median.</param>
/// <param name="Bytes">What it allocates; null where that is not measured.</param>
internal sealed record BenchmarkResult(string Scenario, ClientKind Client, int Files, double Nanoseconds, long? Bytes);
