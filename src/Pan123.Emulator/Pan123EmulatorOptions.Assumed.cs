namespace Pan123.Emulator;

/// <content>What the platform does not document. A client should be right under each value of each.</content>
public sealed partial class Pan123EmulatorOptions
{
    /// <summary>
    /// What happens when a request names stale IDs: files that are not in the recycle bin, because they are unknown, active or
    /// already deleted. Default: <see cref="StaleIdBehavior.RejectRequest"/>.
    /// </summary>
    /// <remarks>
    /// The platform documents that a file must be in the recycle bin, not what happens otherwise. Each value is an assumption, the
    /// default too: a client should be right under all of them.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public StaleIdBehavior AssumedStaleIdBehavior
    {
        get;
        init => field = Known(value);
    }

    /// <summary>
    /// What happens when a request would move files into the recycle bin that are unknown, deleted or in it already. Default:
    /// <see cref="StaleMoveBehavior.RejectRequest"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public StaleMoveBehavior AssumedStaleTrashBehavior
    {
        get;
        init => field = Known(value);
    }

    /// <summary>
    /// What happens when a request would restore files that are not in the recycle bin. Default: <see cref="StaleMoveBehavior.RejectRequest"/>.
    /// </summary>
    /// <remarks>
    /// A file whose folder no longer exists is another matter: it stays in the recycle bin, and is among the <c>abnormalFileIDs</c>, as
    /// documented. That a folder which is in the recycle bin does not exist in this sense is an assumption.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public StaleMoveBehavior AssumedStaleRecoverBehavior
    {
        get;
        init => field = Known(value);
    }

    /// <summary>The format of the times of files. Default: <see cref="FileDateFormat.WithoutOffset"/>, as documented for these responses.</summary>
    /// <remarks>That the others might come here too is an assumption, and so is that all are the time of China.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public FileDateFormat AssumedDateFormat
    {
        get;
        init => field = Known(value);
    }

    /// <summary>
    /// How long after its response a deletion, or a move into the recycle bin, takes effect: until then everything shows, and takes, the files
    /// as they were. Default: none, it takes effect at once.
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
    /// Whether what is in a folder in the recycle bin counts as being in the bin too: it is listed as <c>trashed</c>, and can be deleted.
    /// Default: false, only the folder is.
    /// </summary>
    public bool AssumedContentIsMarkedAsTrashed { get; init; }

    /// <summary>
    /// Whether deleting a folder deletes what is in it. Default: true. What went into the recycle bin before the folder did is not deleted
    /// with it, and stays in the bin.
    /// </summary>
    public bool AssumedFolderDeletionIncludesContent { get; init; } = true;

    /// <summary>
    /// Whether files that were deleted leave gaps in lists, so that a page has fewer than <c>limit</c> files or none at all, and yet is not the
    /// last. Default: false.
    /// </summary>
    public bool AssumedDeletedFilesLeaveGaps { get; init; }

    /// <summary>The most file IDs of a request to look files up. Default: 100, as for the others; the platform documents no limit.</summary>
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
    /// Whether a request to look files up is rejected with code 5066 ("file not found") if one of them is not there. Default: false, it is left
    /// out, as in the documentation's example, which asks for two and gets one.
    /// </summary>
    public bool AssumedLookupRejectsUnknownIds { get; init; }

    private static T Known<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Not a value that the emulator knows.");
}
