using System.CommandLine;
using System.Globalization;
using System.Net;
using Pan123.Emulator;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary><c>pan123 emulator</c></summary>
internal sealed class EmulatorCommand : Command
{
    private const string TreeExample = """[{"name": "Photos", "children": [{"name": "a.jpg", "id": 14705301, "size": 1000, "trashed": true}]}]""";

    private readonly NumberOption<int> _port = new("--port", IPEndPoint.MinPort, IPEndPoint.MaxPort, 0) { Description = Texts.Of($"The TCP port on 127.0.0.1; 0 for any free port.") };
    private readonly NumberOption<int> _files = new("--files", 0, 10_000_000, 1000) { Description = Texts.Of($"The number of files in the recycle bin, whose IDs start at 1. With --ids or --tree, the default is 0.") };
    private readonly Option<string> _ids = new("--ids")
    {
        Description = Texts.Of($"A file with the IDs of more files in the recycle bin, one per line. Blank lines and everything after a # are ignored. {FileIdList.StandardInput} reads standard input."),
        HelpName = "file",
    };

    private readonly Option<string> _tree = new("--tree")
    {
        Description = Texts.Of($"A JSON file with files and folders, such as {TreeExample}. It may also have createdAt and updatedAt, such as 2025-02-24T17:57:01+08:00."),
        HelpName = "file",
    };

    private readonly NumberOption<int> _requestsPerSecond = new("--requests-per-second", 1, int.MaxValue)
    {
        Description = Texts.Of($"The maximum number of requests per second to each endpoint. Default: no limit."),
    };

    private readonly FlagOption _documentedLimits = new("--documented-limits") { Description = Texts.Of($"Limit the requests to each endpoint as documented by the platform. Endpoints without a documented limit follow --requests-per-second.") };

    private readonly ChoiceOption<StaleIdBehavior> _staleIds = new("--assumed-stale-id-behavior")
    {
        Description = Texts.Of($"What a deletion does with a file that is not in the recycle bin: {nameof(StaleIdBehavior.RejectRequest)}, {nameof(StaleIdBehavior.DeleteTheOthers)} or {nameof(StaleIdBehavior.DeleteTheOthersAndReject)}. The behavior of the service is not documented, so a program should work with each value."),
        HelpName = "behavior",
    };

    private readonly FaultOption _faults = new();
    private readonly NumberOption<double> _faultProbability = new("--fault-probability", 0, 1, 1)
    {
        Description = Texts.Of($"The probability that a request gets one of the faults without :times, such as 0.1 for one request in ten."),
        HelpName = "probability",
    };

    private readonly NumberOption<int> _faultSeed = new("--fault-seed", int.MinValue, int.MaxValue, 0) { Description = Texts.Of($"The seed of the random faults.") };

    private readonly ProcessContext _context;

    public EmulatorCommand(ProcessContext context)
        : base("emulator", Texts.Of($"Runs an emulator of the service until Ctrl+C, to try programs in any language without an account. It records each request in memory."))
    {
        _context = context;

        Add(_port);
        Add(_files);
        Add(_ids);
        Add(_tree);
        Add(_requestsPerSecond);
        Add(_documentedLimits);
        Add(_staleIds);
        Add(_faults);
        Add(_faultProbability);
        Add(_faultSeed);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken _)
    {
        await using var emulator = await StartAsync(arguments);
        var (results, messages) = (_context.Terminal.Results, _context.Terminal.Messages);
        results.MarkupLineInterpolated($"{emulator.BaseAddress}");

        messages.MarkupLineLocalized($"[dim]{Describe(emulator.Drive, CountNumbered(arguments))} Press Ctrl+C to end it. To use it with pan123, run this in another terminal:[/]");
        messages.MarkupLineInterpolated($"export {EnvironmentVariable.BaseAddress}={emulator.BaseAddress} {EnvironmentVariable.AccessToken}={emulator.AccessToken}");
        messages.MarkupLineLocalized($"[dim]Client ID and client secret for programs that request their own access token: {Pan123EmulatorOptions.DefaultClientId}, {Pan123EmulatorOptions.DefaultClientSecret}[/]");
        var width = emulator.Endpoints.Max(endpoint => endpoint.Path.Length);
        foreach (var (method, path, limit) in emulator.Endpoints)
        {
            var rate = limit is { } requests ? Texts.Of($"{Plural.Requests(requests)} per second") : Texts.Of($"no limit");
            messages.MarkupLineInterpolated($"[dim]{method,-4} {path.PadRight(width)}  {rate}[/]");
        }

        try
        {
            for (var number = 1; ; number++)
            {
                var request = await emulator.WaitForRequestAsync(number, _context.Interruption.GracefulStop);
                messages.MarkupLineInterpolated($"[dim]{request.ArrivedAt.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}[/] {Describe(request)}");
            }
        }
        catch (OperationCanceledException)
        {
            messages.MarkupLineLocalized($"[dim]{Plural.Requests(emulator.Requests.Count)}; {Plural.Files(emulator.Drive.Count(FileState.Deleted))} deleted, {Plural.Files(emulator.Drive.Count(FileState.InRecycleBin))} in the recycle bin.[/]");
            return ExitCode.Success;
        }
    }

    private static string Describe(RecordedRequest request)
    {
        var done = request switch
        {
            { TrashedFileIds.Count: > 0 and var count } => Texts.Of($"{count} trashed"),
            { RecoveredFileIds.Count: > 0 and var count } => Texts.Of($"{count} recovered"),
            { FoundFileIds.Count: > 0 and var count } => Texts.Of($"{count} found"),
            _ => Texts.Of($"{request.DeletedFileIds.Count} deleted"),
        };
        var incident = request switch
        {
            { IsRateLimited: true } => Texts.Of($"rate limited"),
            { Fault: { } fault } => Texts.Of($"fault: {fault}"),
            _ => Texts.Of($"no fault"),
        };
        return Texts.Of($"{request.Method} {request.PathAndQuery}, {done}, {incident}");
    }

    private static string Describe(EmulatedDrive drive, int numbered)
    {
        var (inBin, folders) = (drive.Count(FileState.InRecycleBin), drive.FolderCount);
        var files = inBin + drive.Count(FileState.Active) - folders;
        if (folders > 0 || files > inBin)
        {
            return Texts.Of($"{Plural.Folders(folders)} and {Plural.Files(files)}, {inBin:N0} of them in the recycle bin.");
        }

        return numbered > 0 && files == numbered
            ? Texts.Of($"{Plural.Files(files)} in the recycle bin: IDs 1 to {numbered}.")
            : Texts.Of($"{Plural.Files(files)} in the recycle bin.");
    }

    /// <summary>How many files have the IDs from 1 on.</summary>
    private int CountNumbered(ParseResult arguments)
    {
        var isGiven = arguments.GetResult(_files) is { Implicit: false };
        return isGiven || (arguments.GetValue(_ids) is null && arguments.GetValue(_tree) is null) ? arguments.GetValue(_files)!.Value : 0;
    }

    private async Task<Pan123Emulator> StartAsync(ParseResult arguments)
    {
        var input = await EmulatorInput.ReadAsync(arguments.GetValue(_ids), arguments.GetValue(_tree), _context.Terminal.OpenInput, _context.Interruption.GracefulStop);
        var options = new Pan123EmulatorOptions
        {
            Port = arguments.GetValue(_port)!.Value,
            RequestsPerSecond = arguments.GetValue(_requestsPerSecond),
            RequestsPerSecondByPath = arguments.GetValue(_documentedLimits) ? Pan123EmulatorOptions.DocumentedRequestsPerSecond : new Dictionary<string, int>(),
            AssumedStaleIdBehavior = arguments.GetValue(_staleIds),
        };
        Pan123Emulator emulator;
        try
        {
            // Not cancelled: the start takes milliseconds, and after an interruption the emulator ends at once.
            emulator = await Pan123Emulator.StartAsync(options, CancellationToken.None);
        }
        catch (IOException failure)
        {
            throw new UsageException(Texts.Of($"The emulator cannot be started: {ErrorText.Of(failure)}"), failure);
        }

        try
        {
            input.AddTo(emulator.Drive);
        }
        catch (UsageException)
        {
            await emulator.DisposeAsync();
            throw;
        }

        emulator.Drive.AddToRecycleBin(Enumerable.Range(1, CountNumbered(arguments)).Select(fileId => (long)fileId));
        var faults = arguments.GetValue(_faults) ?? [];
        foreach (var (fault, times) in faults)
        {
            if (times is { } count)
            {
                emulator.Faults.Enqueue(fault, count, Pan123Emulator.DeleteFilesPath);
            }
        }

        var random = faults.Where(fault => fault.Times is null).Select(fault => fault.Fault).ToList();
        if (random.Count > 0)
        {
            emulator.Faults.AddWithProbability(arguments.GetValue(_faultProbability)!.Value, arguments.GetValue(_faultSeed)!.Value, random, Pan123Emulator.DeleteFilesPath);
        }

        return emulator;
    }
}
