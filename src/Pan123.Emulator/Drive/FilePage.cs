namespace Pan123.Emulator;

/// <summary>A part of a list.</summary>
/// <param name="Files">The files.</param>
/// <param name="NextId">The ID at which the next part begins; null if this is the last.</param>
internal sealed record FilePage(IReadOnlyList<EmulatedFile> Files, long? NextId);
