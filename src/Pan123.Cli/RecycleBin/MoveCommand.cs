using System.CommandLine;

namespace Pan123.Cli;

/// <summary>Moves files to the recycle bin or recovers them, one batch after the other.</summary>
internal abstract class MoveCommand : Command
{
    private readonly Argument<string[]> _fileIds = new("id") { Description = Texts.Of($"The IDs of files and folders. Any number of IDs can be given.") };
    private readonly Option<string[]> _from = FileIdList.FromOption();
    private readonly FlagOption _json = new(DeleteCommand.Json) { Description = Texts.Of($"Write one line of JSON for each batch, and one with the totals at the end.") };
    private readonly ConnectionOptions _connection = new();
    private readonly ProcessContext _context;
    private readonly int _batchSize;

    protected MoveCommand(ProcessContext context, string name, string description, int batchSize)
        : base(name, description)
    {
        (_context, _batchSize) = (context, batchSize);
        Add(_fileIds);
        Add(_from);
        Add(_json);
        SetAction(RunAsync);
    }

    /// <summary>How to undo the move, a sentence.</summary>
    protected abstract string Undo { get; }

    /// <summary>Sends a batch. Its failure is an exception.</summary>
    protected abstract Task<IEnumerable<MoveResult>> SendAsync(
        IPan123Client client, IReadOnlyList<long> fileIds, ParseResult arguments, CancellationToken cancellationToken);

    protected void AddConnectionOptions() => _connection.AddTo(this);

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken _)
    {
        var (started, terminal) = (_context.TimeProvider.GetTimestamp(), _context.Terminal);
        var input = await ReadAsync(arguments, terminal);
        using var connection = _connection.Connect(_context, arguments, terminal);
        MoveReport report = arguments.GetValue(_json) ? new JsonMoveReport(terminal.Json) : new TextMoveReport(terminal.Results, Undo);

        await using var notice = _context.Interruption.Announce(terminal.Messages);
        foreach (var batch in input.FileIds.Chunk(_batchSize))
        {
            foreach (var result in await SendAsync(connection.Client, batch, arguments))
            {
                report.Add(result);
            }
        }

        report.Close(connection.Profile, _context.TimeProvider.GetElapsedTime(started));
        return report.ExitCode;
    }

    private async Task<FileIdList> ReadAsync(ParseResult arguments, Terminal terminal)
    {
        var use = FileIdListUse.For(Name, _from.Name);
        try
        {
            return await FileIdList.ReadAsync(arguments.GetRequiredValue(_fileIds), arguments.GetValue(_from) ?? [], terminal.OpenInput, _context.Interruption.GracefulStop, use);
        }
        catch (OperationCanceledException)
        {
            throw new UsageException(Texts.Of($"The command was cancelled. Nothing was sent."));
        }
    }

    private async Task<IEnumerable<MoveResult>> SendAsync(IPan123Client client, long[] batch, ParseResult arguments)
    {
        if (_context.Interruption.GracefulStop.IsCancellationRequested)
        {
            return [MoveResult.OfFailure(batch, new Pan123NotSentException(Texts.Of($"the run was stopped earlier.")))];
        }

        try
        {
            return await SendAsync(client, batch, arguments, _context.Interruption.ForcedStop);
        }
        catch (Exception failure) when (Pan123Exception.Find(failure) is not null)
        {
            return [MoveResult.OfFailure(batch, failure)];
        }
    }
}
