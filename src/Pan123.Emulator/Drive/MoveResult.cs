namespace Pan123.Emulator;

/// <summary>The result of a request that moves files to or from the recycle bin, or deletes them.</summary>
/// <param name="Done">The files that were moved or deleted.</param>
/// <param name="Stale">The files that were not in the state that the request requires.</param>
/// <param name="Abnormal">The files that stay in the recycle bin, because their folder no longer exists.</param>
internal sealed record MoveResult(IReadOnlyList<long> Done, IReadOnlyList<long> Stale, IReadOnlyList<long> Abnormal);
