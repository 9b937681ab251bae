namespace Pan123.Cli;

/// <summary>What earlier runs did, as their journal says.</summary>
internal sealed class JournalHistory
{
    private readonly Dictionary<int, (IReadOnlyList<long> FileIds, JournalState State)> _batches = [];
    private readonly Dictionary<long, int> _lastBatchOf = [];
    private readonly HashSet<long> _withoutVerdict = [];
    private readonly HashSet<long> _deleted = [];

    /// <summary>No runs.</summary>
    public JournalHistory()
        : this([], [])
    {
    }

    /// <param name="entries">What the journal says, in its order.</param>
    /// <param name="given">The IDs that the journal is about.</param>
    /// <exception cref="FormatException">An entry does not follow from those before it.</exception>
    public JournalHistory(IEnumerable<JournalEntry> entries, IEnumerable<long> given)
    {
        var givenIds = new HashSet<long>(given);
        var deleted = new List<DeletedEarlier>();
        foreach (var entry in entries)
        {
            if (entry.State == JournalState.Sending)
            {
                AddBatch(entry, givenIds);
            }
            else
            {
                AddVerdict(entry);
            }

            if (entry.State == JournalState.Deleted)
            {
                var fileIds = _batches[entry.Batch].FileIds;
                _deleted.UnionWith(fileIds);
                deleted.Add(new DeletedEarlier(fileIds, entry.TraceId));
            }
        }

        Deleted = deleted;
        WithoutVerdict =
        [
            .. from batch in _batches.OrderBy(batch => batch.Key)
               where batch.Value.State is JournalState.Sending or JournalState.Unknown
               // What was sent again later, as part of another batch, is told there.
               let fileIds = batch.Value.FileIds.Where(fileId => _lastBatchOf[fileId] == batch.Key && !_deleted.Contains(fileId)).ToArray()
               where fileIds.Length > 0
               select fileIds,
        ];
        _withoutVerdict.UnionWith(WithoutVerdict.SelectMany(batch => batch));
    }

    /// <summary>The batches that were deleted, in the order of their verdicts.</summary>
    public IReadOnlyList<DeletedEarlier> Deleted { get; }

    /// <summary>The batches that were sent and have no verdict, in the order in which they were sent.</summary>
    public IReadOnlyList<IReadOnlyList<long>> WithoutVerdict { get; }

    /// <summary>The largest number of a batch; 0 if there was none.</summary>
    public int LastBatch { get; private set; }

    public bool IsDeleted(long fileId) => _deleted.Contains(fileId);

    public bool IsWithoutVerdict(long fileId) => _withoutVerdict.Contains(fileId);

    /// <summary>What is to be said of a batch that cannot be sent now, or is rejected, and was sent before.</summary>
    public static Pan123OutcomeUnknownException StillWithoutVerdict(IReadOnlyList<long> fileIds, Exception failure)
    {
        var now = failure is Pan123NotSentException notSent ? $"This run did not send them: {notSent.Reason}" : $"This run: {failure.Message}";
        return new(fileIds, $"An earlier run sent them, got no verdict, and may have deleted them. {now}", innerException: failure);
    }

    private void AddBatch(JournalEntry entry, HashSet<long> given)
    {
        if (entry.Batch != LastBatch + 1)
        {
            throw new FormatException($"batch {entry.Batch} follows batch {LastBatch}");
        }

        if (entry is not { FileIds.Count: > 0, TraceId: null } || entry.FileIds.Count > DeleteFilesRequest.FileIdsMaxItems)
        {
            throw new FormatException($"batch {entry.Batch} has no files, too many, or the trace ID of a response");
        }

        foreach (var fileId in entry.FileIds)
        {
            if (FindProblem(fileId, entry.Batch, given) is { } problem)
            {
                throw new FormatException(problem);
            }

            _lastBatchOf[fileId] = entry.Batch;
        }

        _batches.Add(entry.Batch, (entry.FileIds, entry.State));
        LastBatch = entry.Batch;
    }

    private string? FindProblem(long fileId, int batch, HashSet<long> given) =>
        !given.Contains(fileId) ? $"file {fileId} of batch {batch} is not among those given"
        : _deleted.Contains(fileId) ? $"file {fileId} of batch {batch} was deleted before"
        : _lastBatchOf.GetValueOrDefault(fileId) == batch ? $"file {fileId} is in batch {batch} twice"
        : null;

    private void AddVerdict(JournalEntry entry)
    {
        if (!_batches.TryGetValue(entry.Batch, out var batch) || batch.State != JournalState.Sending)
        {
            throw new FormatException($"it is a verdict on batch {entry.Batch}, which was not sent or has one already");
        }

        if (entry.FileIds is not null || batch.FileIds.Any(fileId => _lastBatchOf[fileId] != entry.Batch))
        {
            throw new FormatException($"it is a verdict on batch {entry.Batch} that has files, or whose files were sent again since");
        }

        _batches[entry.Batch] = batch with { State = entry.State };
    }
}

/// <summary>A batch that an earlier run deleted.</summary>
internal sealed record DeletedEarlier(IReadOnlyList<long> FileIds, string? TraceId);
