namespace Pan123.Cli;

/// <summary>What earlier runs did, according to their journal.</summary>
internal sealed class JournalHistory
{
    private readonly Dictionary<int, (IReadOnlyList<long> FileIds, JournalState State)> _batches = [];
    private readonly Dictionary<long, int> _lastBatchOf = [];
    private readonly HashSet<long> _unknownFiles = [];
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
                AddOutcome(entry);
            }

            if (entry.State == JournalState.Deleted)
            {
                var fileIds = _batches[entry.Batch].FileIds;
                _deleted.UnionWith(fileIds);
                deleted.Add(new DeletedEarlier(fileIds, entry.TraceId));
            }
        }

        Deleted = deleted;
        Unknown =
        [
            .. from batch in _batches.OrderBy(batch => batch.Key)
               where batch.Value.State is JournalState.Sending or JournalState.Unknown
               // A file that was sent again later belongs to that batch.
               let fileIds = batch.Value.FileIds.Where(fileId => _lastBatchOf[fileId] == batch.Key && !_deleted.Contains(fileId)).ToArray()
               where fileIds.Length > 0
               select fileIds,
        ];
        _unknownFiles.UnionWith(Unknown.SelectMany(batch => batch));
    }

    /// <summary>The batches that were deleted, in the order of their outcomes.</summary>
    public IReadOnlyList<DeletedEarlier> Deleted { get; }

    /// <summary>The batches that were sent and have an unknown outcome, in the order in which they were sent.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Unknown { get; }

    /// <summary>The largest number of a batch; 0 if there was none.</summary>
    public int LastBatch { get; private set; }

    public bool IsDeleted(long fileId) => _deleted.Contains(fileId);

    public bool IsUnknown(long fileId) => _unknownFiles.Contains(fileId);

    /// <summary>The failure of a batch that was sent before, and cannot be sent now or is rejected.</summary>
    public static Pan123OutcomeUnknownException StillUnknown(IReadOnlyList<long> fileIds, Exception failure)
    {
        var now = failure is Pan123NotSentException notSent ? $"This run did not send them: {notSent.Reason}" : $"This run: {failure.Message}";
        return new(fileIds, $"An earlier run sent them and got no valid response, so they may be deleted. {now}", innerException: failure);
    }

    private void AddBatch(JournalEntry entry, HashSet<long> given)
    {
        if (entry.Batch != LastBatch + 1)
        {
            throw new FormatException(Texts.Of($"batch {entry.Batch} follows batch {LastBatch}"));
        }

        if (entry is not { FileIds.Count: > 0, TraceId: null } || entry.FileIds.Count > DeleteFilesRequest.FileIdsMaxItems)
        {
            throw new FormatException(Texts.Of($"batch {entry.Batch} has no files, too many files, or the trace ID of a response"));
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
        !given.Contains(fileId) ? Texts.Of($"file {fileId} of batch {batch} is not among those given")
        : _deleted.Contains(fileId) ? Texts.Of($"file {fileId} of batch {batch} was deleted before")
        : _lastBatchOf.GetValueOrDefault(fileId) == batch ? Texts.Of($"file {fileId} is in batch {batch} twice")
        : null;

    private void AddOutcome(JournalEntry entry)
    {
        if (!_batches.TryGetValue(entry.Batch, out var batch) || batch.State != JournalState.Sending)
        {
            throw new FormatException(Texts.Of($"the line has the outcome of batch {entry.Batch}, which was not sent or has an outcome already"));
        }

        if (entry.FileIds is not null || batch.FileIds.Any(fileId => _lastBatchOf[fileId] != entry.Batch))
        {
            throw new FormatException(Texts.Of($"the outcome of batch {entry.Batch} has files, or its files were sent again since"));
        }

        _batches[entry.Batch] = batch with { State = entry.State };
    }
}

/// <summary>A batch that an earlier run deleted.</summary>
internal sealed record DeletedEarlier(IReadOnlyList<long> FileIds, string? TraceId);
