namespace Pan123.Emulator;

/// <summary>What became of the files that a request would move into or out of the recycle bin, or delete.</summary>
/// <param name="Done">Those for which it was done.</param>
/// <param name="Stale">Those that were not where they would be moved from.</param>
/// <param name="Abnormal">Those that stay in the recycle bin, since the folder to which they would go back no longer exists.</param>
internal sealed record MoveResult(IReadOnlyList<long> Done, IReadOnlyList<long> Stale, IReadOnlyList<long> Abnormal);
