namespace Pan123;

/// <summary>How files are deleted in batches. The options are read when the method is called; later changes have no effect.</summary>
public sealed class DeleteBatchOptions
{
    /// <summary>
    /// The maximum number of batches in flight, at least 1. Default: 8, which reaches the platform's 10 requests per second as long as a
    /// response takes at most 0.8 seconds. Use more if the latency is higher.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Concurrency
    {
        get;
        set => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Concurrency)} must be at least 1.");
    } = 8;

    /// <summary>
    /// Whether to start nothing new after the first result that is not <see cref="DeleteOutcome.Deleted"/> (an invalid ID counts): no
    /// further ID is read and no further batch sent. Batches in flight finish and are yielded, IDs already read are yielded as not sent,
    /// and the sequence ends. A batch that is being split (<see cref="IsolateRejected"/>) does not count; the parts that are finally
    /// yielded do. Default: false.
    /// </summary>
    public bool StopOnFirstFailure { get; set; }

    /// <summary>
    /// Whether a batch that the service rejects because of its IDs is split in halves, and these again, until the IDs that cause the
    /// rejection are isolated, so that the others are deleted. Only the last outcome of each ID is yielded. Default: false, which yields the
    /// batch as rejected.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A single such ID in a batch of 100 costs at most 14 more requests. A batch in which every ID is rejected costs 198.
    /// </para>
    /// <para>
    /// A code that is an HTTP status, such as 401 or 429, or a rejection without a code says nothing about the IDs, so the batch is not
    /// split; nor is it when its outcome is unknown. If the run is stopped or cancelled in between, or a half cannot be sent, the rejection
    /// of the whole batch stands for its parts. If the service deletes part of a batch that it rejects (which is not documented), it may
    /// reject that part again: the part is then yielded as rejected.
    /// </para>
    /// </remarks>
    public bool IsolateRejected { get; set; }

    /// <summary>
    /// Whether files with an unknown outcome are looked up. Files that the service no longer knows count as deleted
    /// (<see cref="DeleteBatchResult.IsConfirmed"/>), files that are still in the recycle bin are sent again, up to 3 times, and files that
    /// are elsewhere count as rejected. If the lookup fails too, the outcome stays unknown. Default: false.
    /// </summary>
    /// <remarks>
    /// That the service leaves a deleted file out of a lookup (<see cref="IPan123Client.GetFilesAsync"/>) is inferred from the example in its
    /// documentation, where two files are requested and one is in the response. It was not tried with the service.
    /// </remarks>
    public bool Confirm { get; set; }

    internal DeleteBatchOptions Copy() => (DeleteBatchOptions)MemberwiseClone();
}
