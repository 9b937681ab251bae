using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Pan123.Cli;

/// <summary>
/// Lists a folder, and the folders in it, breadth first: a whole folder, then the next. The next folders are listed ahead, so that
/// several requests are in flight; the client limits their rate. Only the IDs of folders, the paths of those that wait, and the files listed ahead are kept in memory.
/// </summary>
internal sealed class FolderWalk(IPan123Client client)
{
    private const int InFlight = 8;

    /// <summary>How many files of each folder are listed ahead: ten pages.</summary>
    private const int ListedAhead = 1000;

    private readonly List<string> _closedFolders = [];

    /// <summary>How many folders were listed, including the first one.</summary>
    public long FolderCount { get; private set; }

    /// <summary>
    /// Folders in the recycle bin that the service did not list, in sentences. Whether it lists them is not documented, and what is in them
    /// is in the bin with them.
    /// </summary>
    public IReadOnlyList<string> ClosedFolders => _closedFolders;

    /// <param name="folderId">The folder.</param>
    /// <param name="recursive">Whether the folders in it are listed too, also those in the recycle bin.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Files and folders, each once. A walk that ended is complete, except for <see cref="ClosedFolders"/>.</returns>
    /// <exception cref="ListingException">In the enumeration: a folder could not be listed, or the walk was cancelled.</exception>
    public async IAsyncEnumerable<ListedFile> ListAsync(long folderId, bool recursive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (waiting, started, seen) = (new Queue<Folder>([new Folder(folderId, Path: "", IsTrashed: false)]), new Queue<Listing>(), new HashSet<long> { folderId });
        try
        {
            while (waiting.Count + started.Count > 0)
            {
                Start();
                var listing = started.Peek();
                while (await WaitAsync(listing, stop.Token))
                {
                    while (listing.Files.TryRead(out var file))
                    {
                        var listed = new ListedFile(file, listing.Folder.Path);

                        // A file that was moved meanwhile may be listed twice, but its folder is not walked twice.
                        if (recursive && file.IsFolder && seen.Add(file.FileId))
                        {
                            waiting.Enqueue(new Folder(file.FileId, listed.Subfolder, file.IsTrashed));
                            Start();
                        }

                        yield return listed;
                    }
                }

                started.Dequeue();
                FolderCount++;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(started.Select(listing => listing.Ended));
        }

        void Start()
        {
            while (started.Count < InFlight && waiting.TryDequeue(out var folder))
            {
                started.Enqueue(Begin(folder, stop.Token));
            }
        }
    }

    private Listing Begin(Folder folder, CancellationToken cancellationToken)
    {
        var files = Channel.CreateBounded<Pan123File>(new BoundedChannelOptions(ListedAhead) { SingleReader = true, SingleWriter = true });
        return new Listing(folder, files.Reader, WriteAsync());

        async Task WriteAsync()
        {
            Exception? failure = null;
            try
            {
                await foreach (var file in client.ListFilesAsync(folder.Id, cancellationToken))
                {
                    await files.Writer.WriteAsync(file, cancellationToken);
                }
            }
#pragma warning disable CA1031 // It is rethrown to the reader of the files, after the files before it.
            catch (Exception any)
#pragma warning restore CA1031
            {
                failure = any;
            }

            files.Writer.Complete(failure);
        }
    }

    private async Task<bool> WaitAsync(Listing listing, CancellationToken cancellationToken)
    {
        try
        {
            return await listing.Files.WaitToReadAsync(cancellationToken);
        }
        catch (Pan123ApiException rejection) when (listing.Folder.IsTrashed && rejection.Code is { } code && (int)code is < 400 or > 599)
        {
            // A code that is an HTTP status, such as 401, is not due to the folder.
            _closedFolders.Add(Texts.Of($"Folder {listing.Folder.Id}, which is in the recycle bin, could not be listed: {ErrorText.Of(rejection)}"));
            return false;
        }
        catch (Pan123Exception failure)
        {
            var exitCode = failure.Outcome == DeleteOutcome.Rejected ? ExitCode.Rejected : ExitCode.Unknown;
            throw new ListingException(Texts.Of($"Folder {listing.Folder.Id} could not be listed: {ErrorText.Of(failure)}"), exitCode, failure);
        }
        catch (OperationCanceledException cancelled)
        {
            throw new ListingException(Texts.Of($"The listing was cancelled."), ExitCode.Unknown, cancelled);
        }
    }

    private readonly record struct Folder(long Id, string Path, bool IsTrashed);

    private sealed record Listing(Folder Folder, ChannelReader<Pan123File> Files, Task Ended);
}
