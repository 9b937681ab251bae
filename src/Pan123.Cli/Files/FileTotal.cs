namespace Pan123.Cli;

/// <summary>How many files and folders, and how large.</summary>
internal sealed class FileTotal
{
    public long Files { get; private set; }

    public long Folders { get; private set; }

    public long Bytes { get; private set; }

    public void Add(Pan123File file)
    {
        if (file.IsFolder)
        {
            Folders++;
        }
        else
        {
            Files++;

            // Which a service that is wrong could let overflow.
            Bytes = (long)Math.Min((decimal)Bytes + file.Size, long.MaxValue);
        }
    }

    /// <summary>"2 files, 3.5 GiB, and 1 folder"</summary>
    public override string ToString() => Folders == 0
        ? Texts.Of($"{Plural.Files(Files)}, {ByteSize.Format(Bytes)}")
        : Texts.Of($"{Plural.Files(Files)}, {ByteSize.Format(Bytes)}, and {Plural.Folders(Folders)}");
}
