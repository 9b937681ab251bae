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
        : this([])
    {
    }

    /// <exception cref="FormatException">An entry does not go with those before it.</exception>
    public JournalHistory(IEnumerable<JournalEntry> entries)
    {
        var deleted = new List<DeletedEarlier>();
        foreach (var entry in entries)
        {
            Add(entry);
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

    /// <summary>What is to be said of a batch that cannot be sent now, or is refused, and was sent before.</summary>
    public static Pan123OutcomeUnknownException StillWithoutVerdict(IReadOnlyList<long> fileIds, Exception failure) =>
        new(fileIds, $"An earlier run sent them and got no verdict, and perhaps did the work. This one: {failure.Message}", innerException: failure);

    private void Add(JournalEntry entry)
    {
        if (entry.State != JournalState.Sending)
        {
            if (!_batches.TryGetValue(entry.Batch, out var batch) || batch.State != JournalState.Sending)
            {
                throw new FormatException($"a verdict on batch {entry.Batch}, which was not sent or has one already");
            }

            _batches[entry.Batch] = batch with { State = entry.State };
            return;
        }

        if (entry.FileIds is not { Count: > 0 } || !_batches.TryAdd(entry.Batch, (entry.FileIds, entry.State)))
        {
            throw new FormatException($"batch {entry.Batch} without files, or for the second time");
        }

        LastBatch = Math.Max(LastBatch, entry.Batch);
        foreach (var fileId in entry.FileIds)
        {
            _lastBatchOf[fileId] = entry.Batch;
        }
    }
}

/// <summary>A batch that an earlier run deleted.</summary>
internal sealed record DeletedEarlier(IReadOnlyList<long> FileIds, string? TraceId);
