namespace Pan123.Cli;

/// <summary>A file or folder of a walk.</summary>
/// <param name="File">The file.</param>
/// <param name="Folder">Its folder below the one that is listed, such as "Photos/2024/"; empty for that one itself. Of a long path only the end.</param>
internal readonly record struct ListedFile(Pan123File File, string Folder)
{
    /// <summary>More than this of a path is not kept, since each folder that waits to be listed has one.</summary>
    private const int MaxPathLength = 1000;

    /// <summary>The name with its folder; that of a folder ends with a slash.</summary>
    public string Path => File.IsFolder ? Subfolder : Folder + File.Filename;

    /// <summary>The <see cref="Folder"/> of what is in this folder.</summary>
    public string Subfolder => Folder.Length + File.Filename.Length <= MaxPathLength ? $"{Folder}{File.Filename}/" : $"…/{File.Filename}/";
}
