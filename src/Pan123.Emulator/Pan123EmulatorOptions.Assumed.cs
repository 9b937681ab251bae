namespace Pan123.Emulator;

/// <content>What the platform does not document. A client should work with every value of every option.</content>
public sealed partial class Pan123EmulatorOptions
{
    /// <summary>
    /// What happens when a request names stale IDs: files that are not in the recycle bin, because they are unknown, active or
    /// already deleted. Default: <see cref="StaleIdBehavior.RejectRequest"/>.
    /// </summary>
    /// <remarks>
    /// The platform documents that a file must be in the recycle bin, not what happens otherwise. Every value is an assumption,
    /// including the default: a client should work with all of them.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public StaleIdBehavior AssumedStaleIdBehavior
    {
        get;
        init => field = Known(value);
    }

    /// <summary>
    /// What happens when a request would move files to the recycle bin that are unknown, deleted or in it already. Default:
    /// <see cref="StaleMoveBehavior.RejectRequest"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public StaleMoveBehavior AssumedStaleTrashBehavior
    {
        get;
        init => field = Known(value);
    }

    /// <summary>
    /// What happens when a request would recover files that are not in the recycle bin. Default:
    /// <see cref="StaleMoveBehavior.RejectRequest"/>.
    /// </summary>
    /// <remarks>
    /// This does not apply to a file whose folder no longer exists: it stays in the recycle bin, and is among the <c>abnormalFileIDs</c>,
    /// as documented. That a folder in the recycle bin does not exist in this sense is an assumption.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public StaleMoveBehavior AssumedStaleRecoverBehavior
    {
        get;
        init => field = Known(value);
    }

    /// <summary>The format of the times of files. Default: <see cref="FileDateFormat.WithoutOffset"/>, as documented for these responses.</summary>
    /// <remarks>That the other formats may occur here too is an assumption, and so is that all are the time of China.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public FileDateFormat AssumedDateFormat
    {
        get;
        init => field = Known(value);
    }

    /// <summary>
    /// How long after its response a deletion, or a move to the recycle bin, takes effect: until then, the files are as they were for every
    /// request and for the <see cref="EmulatedDrive"/>. Default: zero, at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan AssumedEffectDelay
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    }

    /// <summary>
    /// Whether the content of a folder in the recycle bin counts as being in the recycle bin too: it is listed as <c>trashed</c>, and can
    /// be deleted. Default: false, only the folder is.
    /// </summary>
    public bool AssumedContentIsMarkedAsTrashed { get; init; }

    /// <summary>
    /// Whether deleting a folder deletes its content. Default: true. Content that was moved to the recycle bin before the folder is not
    /// deleted with it, and stays in the recycle bin.
    /// </summary>
    public bool AssumedFolderDeletionIncludesContent { get; init; } = true;

    /// <summary>
    /// Whether deleted files leave gaps in lists, so that a page may have fewer than <c>limit</c> files, or none, without being the last.
    /// Default: false.
    /// </summary>
    public bool AssumedDeletedFilesLeaveGaps { get; init; }

    /// <summary>
    /// The maximum number of file IDs in a request that looks up files. Default: 100, as for other requests; the platform documents no
    /// limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int AssumedMaxFileIdsPerLookup
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 100;

    /// <summary>
    /// Whether a request that looks up files is rejected with code 5066 ("file not found") if one of them does not exist. Default: false,
    /// it is left out, as in the documentation's example, where two are requested and one is in the response.
    /// </summary>
    public bool AssumedLookupRejectsUnknownIds { get; init; }

    private static T Known<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The value is not a member of the enumeration.");
}
