namespace Pan123.Cli;

/// <summary>The outcome of some files of a batch.</summary>
/// <param name="Outcome">The same for all.</param>
/// <param name="FileIds">The files.</param>
/// <param name="TraceId">Identifies the request in the service's logs; null if there is none.</param>
/// <param name="Error">The exception that says why they are not moved; null if there is none.</param>
internal sealed record MoveResult(MoveOutcome Outcome, IReadOnlyList<long> FileIds, string? TraceId = null, Exception? Error = null)
{
    /// <summary>What to say of them where no exception says it, a sentence; otherwise null.</summary>
    public string? Explanation { get; private init; }

    public string? Reason => Explanation ?? (Error is null ? null : ErrorText.ReasonOf(Error));

    public static MoveResult OfFailure(IReadOnlyList<long> fileIds, Exception failure)
    {
        var known = Pan123Exception.Find(failure);
        var outcome = known?.Outcome switch
        {
            DeleteOutcome.Rejected => MoveOutcome.Rejected,
            DeleteOutcome.NotSent => MoveOutcome.NotSent,
            _ => MoveOutcome.Unknown,
        };
        return new MoveResult(outcome, fileIds, (known as Pan123ApiException)?.TraceId, known ?? failure);
    }

    /// <summary>A successful response does not mean that all files were recovered: it names those that were not.</summary>
    public static IEnumerable<MoveResult> OfRecovery(IReadOnlyList<long> fileIds, RecoverFilesResponse response)
    {
        var left = response.NotRecoveredFileIds.ToHashSet();
        if (left.Except(fileIds).Any())
        {
            // The documentation can be read as if they were IDs of folders. Then nobody knows which files were in them.
            yield return new MoveResult(MoveOutcome.Unknown, fileIds, response.TraceId)
            {
                Explanation = Texts.Of($"The service says that {string.Join(", ", left)} could not be recovered, but the request does not have all of these IDs. 'pan123 list --trashed' shows what is in the recycle bin."),
            };
            yield break;
        }

        if (fileIds.Where(id => !left.Contains(id)).ToList() is { Count: > 0 } recovered)
        {
            yield return new MoveResult(MoveOutcome.Recovered, recovered, response.TraceId);
        }

        if (left.Count > 0)
        {
            yield return new MoveResult(MoveOutcome.NotRecovered, [.. fileIds.Where(left.Contains)], response.TraceId)
            {
                Explanation = Texts.Of($"The original folder is gone. Use {RecoverCommand.To} to recover the files to another folder."),
            };
        }
    }
}
