using Pan123.Emulator;

namespace Pan123.Cli;

/// <summary>The files of users that fill an emulator.</summary>
/// <param name="FileIds">The IDs that go into the recycle bin; none if no file was given.</param>
/// <param name="Tree">The text of the tree; null if no file was given.</param>
/// <param name="TreePath">The name of its file; null if none was given.</param>
internal sealed record EmulatorInput(IReadOnlyList<long> FileIds, string? Tree, string? TreePath)
{
    /// <param name="idsPath">A file with one ID a line, or <see cref="FileIdList.StandardInput"/>; null for none.</param>
    /// <param name="treePath">A file with a tree in JSON; null for none.</param>
    /// <param name="openInput">Opens standard input.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <exception cref="UsageException">An ID is invalid, or a file cannot be read. The message names each problem.</exception>
    public static async Task<EmulatorInput> ReadAsync(string? idsPath, string? treePath, Func<TextReader> openInput, CancellationToken cancellationToken)
    {
        try
        {
            var fileIds = idsPath is null ? [] : (await FileIdList.ReadAsync([], [idsPath], openInput, cancellationToken, FileIdListUse.Emulator)).FileIds;
            return new EmulatorInput(fileIds, treePath is null ? null : await ReadTreeAsync(treePath, cancellationToken), treePath);
        }
        catch (OperationCanceledException)
        {
            throw new UsageException(Texts.Of($"The command was cancelled. Nothing was started."));
        }
    }

    /// <exception cref="UsageException">The tree is invalid. The message says where and why.</exception>
    public void AddTo(EmulatedDrive drive)
    {
        try
        {
            if (Tree is not null)
            {
                drive.AddTree(Tree);
            }
        }
        catch (FormatException wrong)
        {
            throw new UsageException(Texts.Of($"{TreePath}, {ErrorText.Quote(wrong.Message)} Nothing was started."), wrong);
        }

        // After the tree, some of whose files they may be.
        drive.AddToRecycleBin(FileIds);
    }

    private static async Task<string> ReadTreeAsync(string path, CancellationToken cancellationToken)
    {
        if (path.Length == 0)
        {
            throw new UsageException(Texts.Of($"--tree is given without the name of a file. Nothing was started."));
        }

        try
        {
            // Elsewhere, since the opening of a pipe without a writer cannot be cancelled.
            return await Task.Run(() => File.ReadAllText(path), cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException(Texts.Of($"The tree in '{path}' cannot be read: {ErrorText.Of(failure)} Nothing was started."), failure);
        }
    }
}
