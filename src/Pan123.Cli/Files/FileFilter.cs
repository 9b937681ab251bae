using System.IO.Enumeration;

namespace Pan123.Cli;

/// <summary>Which files of a list are shown.</summary>
internal sealed record FileFilter
{
    /// <summary>Only what is in the recycle bin.</summary>
    public bool IsTrashed { get; init; }

    /// <summary>A pattern of the whole name, with <c>*</c> and <c>?</c>; null for any.</summary>
    public string? Name { get; init; }

    /// <summary>Files of more bytes; folders have none. Null for any.</summary>
    public long? LargerThan { get; init; }

    /// <summary>Created before this; null for any time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>How many files were omitted because their creation time cannot be read.</summary>
    public long WithoutTime { get; private set; }

    public bool Matches(Pan123File file) =>
        (!IsTrashed || file.IsTrashed)
        && (Name is null || FileSystemName.MatchesSimpleExpression(Name, file.Filename))
        && (LargerThan is null || (!file.IsFolder && file.Size > LargerThan))
        && IsOldEnough(file);

    private bool IsOldEnough(Pan123File file)
    {
        if (Before is null)
        {
            return true;
        }

        if (FileTime.Parse(file.CreateAt) is not { } createdAt)
        {
            WithoutTime++;
            return false;
        }

        return createdAt < Before;
    }
}
