namespace Pan123.Benchmarks;

/// <summary>What a call costs.</summary>
/// <param name="Scene">Under which circumstances.</param>
/// <param name="Way">Who calls.</param>
/// <param name="Files">How many files it deletes.</param>
/// <param name="Nanoseconds">The median.</param>
/// <param name="Bytes">What it allocates; null where that is not measured.</param>
internal sealed record Cost(string Scene, Way Way, int Files, double Nanoseconds, long? Bytes);
