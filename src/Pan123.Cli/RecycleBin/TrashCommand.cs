using System.CommandLine;

namespace Pan123.Cli;

/// <summary><c>pan123 trash</c></summary>
internal sealed class TrashCommand : MoveCommand
{
    public TrashCommand(ProcessContext context)
        : base(context, "trash", Texts.Of($"Moves files and folders to the recycle bin. The command does not ask, since 'pan123 recover' undoes it."), TrashFilesRequest.FileIdsMaxItems) =>
        AddConnectionOptions();

    protected override string Undo => Texts.Of($"To undo this: 'pan123 recover' with the same IDs.");

    protected override async Task<IEnumerable<MoveResult>> SendAsync(
        IPan123Client client, IReadOnlyList<long> fileIds, ParseResult arguments, CancellationToken cancellationToken)
    {
        var response = await client.TrashFilesAsync(fileIds, cancellationToken);
        return [new MoveResult(MoveOutcome.Trashed, fileIds, response.TraceId)];
    }
}
