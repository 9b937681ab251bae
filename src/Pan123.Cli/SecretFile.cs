namespace Pan123.Cli;

/// <summary>Files that only this user can read. On Windows they are in folders that are the user's alone.</summary>
internal static class SecretFile
{
    private const UnixFileMode OnlyThisUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private const UnixFileMode AccessOfOthers =
        WritableByOthers | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Replaces an existing file only when the new one is complete, so another process reads the old or the new one.</summary>
    public static void Write(string path, params byte[][] parts)
    {
        var folder = Path.GetDirectoryName(path)!;
        CreateFolder(folder);
        var draftOptions = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            draftOptions.UnixCreateMode = OnlyThisUser;
        }

        var draft = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            using (var file = new FileStream(draft, draftOptions))
            {
                foreach (var part in parts)
                {
                    file.Write(part);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>Creates a missing folder so that only this user can open it.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OnlyThisUser | UnixFileMode.UserExecute);
        }
    }

    /// <summary>
    /// Reads a file that others can neither read nor write. A link is followed and its target checked, as ssh does with a private key. The
    /// owner needs no check: a file of another user that only its owner can read cannot be opened.
    /// </summary>
    /// <exception cref="UsageException">Others can read or write the file.</exception>
    public static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        if (!OperatingSystem.IsWindows())
        {
            // Checked on the open file, which nobody can replace any more.
            ThrowIf(File.GetUnixFileMode(file.SafeFileHandle), AccessOfOthers, path, Texts.Of($"read or write it"), "600");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <exception cref="UsageException">Others can replace the files in the folder.</exception>
    public static void ThrowIfOthersCanWrite(string folder)
    {
        if (!OperatingSystem.IsWindows() && Directory.Exists(folder))
        {
            ThrowIf(File.GetUnixFileMode(folder), WritableByOthers, folder, Texts.Of($"replace the files in it"), "700");
        }
    }

    private static void ThrowIf(UnixFileMode mode, UnixFileMode forbidden, string path, string danger, string safeMode)
    {
        if ((mode & forbidden) != 0)
        {
            throw new UsageException(Texts.Of($"'{path}' has the mode {Convert.ToString((int)mode, 8)}, so other users can {danger}. Run chmod {safeMode} '{path}' first. Nothing was sent."));
        }
    }
}
