namespace Pan123;

/// <summary>How files are deleted in batches. The options are read when the method is called; a later change has no effect.</summary>
public sealed class DeleteBatchOptions
{
    /// <summary>
    /// The most batches that are under way at a time, at least 1. Default: 4, which uses the platform's 10 requests a second to the full
    /// as long as an answer takes no more than 0.4 seconds. A slower way wants more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Concurrency
    {
        get;
        set => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Concurrency)} is at least 1.");
    } = 4;

    /// <summary>
    /// Whether the first result that is not <see cref="DeleteOutcome.Deleted"/>, an ID that is none included, is the last for which anything
    /// was begun: no further ID is read and no further batch sent. What is under way ends and is yielded, what was read is yielded as not
    /// sent, and the sequence ends. A batch that is split (<see cref="IsolateRejected"/>) has not failed; what it is split into may.
    /// Default: false.
    /// </summary>
    public bool StopOnFirstFailure { get; set; }

    /// <summary>
    /// Whether a batch that the service rejects because of its IDs is split in halves, and these again, until the IDs that cause it stand
    /// alone, so that the others are deleted. Only the last verdict on each ID is yielded. Default: false, which yields the batch as rejected.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A single such ID among a hundred costs at most 14 more requests. A batch in which every ID is rejected costs 198.
    /// </para>
    /// <para>
    /// A code that is an HTTP status, such as 401 and 429, or a refusal without a code, says nothing about the IDs, so that nothing is split;
    /// nor is it when the outcome is unknown. If the run is stopped or cancelled in between, or a half cannot be sent, the verdict on the
    /// whole stands for its parts. Should the service have deleted a part of a batch that it rejected, which is not documented, then it may
    /// well reject that part once more: it is yielded as rejected.
    /// </para>
    /// </remarks>
    public bool IsolateRejected { get; set; }

    internal DeleteBatchOptions Copy() => (DeleteBatchOptions)MemberwiseClone();
}
