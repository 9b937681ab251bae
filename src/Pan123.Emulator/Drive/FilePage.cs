namespace Pan123.Emulator;

/// <summary>A page of a list.</summary>
/// <param name="Files">The files.</param>
/// <param name="NextId">The ID with which the next page begins; null for the last page.</param>
internal sealed record FilePage(IReadOnlyList<EmulatedFile> Files, long? NextId);
