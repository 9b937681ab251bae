using System.CommandLine;

namespace Pan123.Cli;

/// <summary><c>pan123 recover</c></summary>
internal sealed class RecoverCommand : MoveCommand
{
    public const string To = "--to";

    private readonly ParsedOption<long> _to = new(To, FolderId.Parse, FolderId.Rule)
    {
        Description = Texts.Of($"The ID of the folder to recover the files to; 0 for the root folder. Default: the original folder of each file."),
        HelpName = "folder-id",
    };

    public RecoverCommand(ProcessContext context)
        : base(context, "recover", Texts.Of($"Recovers files and folders from the recycle bin."), RecoverFilesRequest.FileIdsMaxItems)
    {
        Add(_to);
        AddConnectionOptions();
    }

    protected override string Undo => Texts.Of($"To undo this: 'pan123 trash' with the same IDs.");

    protected override async Task<IEnumerable<MoveResult>> SendAsync(
        IPan123Client client, IReadOnlyList<long> fileIds, ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_to) is { } folderId)
        {
            var response = await client.RecoverFilesToFolderAsync(fileIds, folderId, cancellationToken);
            return [new MoveResult(MoveOutcome.Recovered, fileIds, response.TraceId)];
        }

        return MoveResult.OfRecovery(fileIds, await client.RecoverFilesAsync(fileIds, cancellationToken));
    }
}
