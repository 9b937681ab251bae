using System.CommandLine;
using System.Globalization;
using System.Net;
using Pan123.Emulator;
using Spectre.Console;

namespace Pan123.Cli;

/// <summary><c>pan123 emulator</c></summary>
internal sealed class EmulatorCommand : Command
{
    private readonly NumberOption<int> _port = new("--port", IPEndPoint.MinPort, IPEndPoint.MaxPort, 0) { Description = "The TCP port on 127.0.0.1; 0 for any free port." };
    private readonly NumberOption<int> _files = new("--files", 0, 10_000_000, 1000) { Description = "The number of files in the recycle bin, whose IDs start at 1. With --ids or --tree, the default is 0." };
    private readonly Option<string> _ids = new("--ids")
    {
        Description = $"A file with the IDs of more files in the recycle bin, one per line. Blank lines and everything after a # are ignored. {FileIdList.StandardInput} reads standard input.",
        HelpName = "file",
    };

    private readonly Option<string> _tree = new("--tree")
    {
        Description = """A JSON file with files and folders, such as [{"name": "Photos", "children": [{"name": "a.jpg", "id": 14705301, "size": 1000, "trashed": true}]}]. It may also have createdAt and updatedAt, such as 2025-02-24T17:57:01+08:00.""",
        HelpName = "file",
    };

    private readonly NumberOption<int> _requestsPerSecond = new("--requests-per-second", 1, int.MaxValue)
    {
        Description = "The maximum number of requests per second to each endpoint. Default: no limit.",
    };

    private readonly FlagOption _documentedLimits = new("--documented-limits") { Description = "Limit the requests to each endpoint as documented by the platform. Endpoints without a documented limit follow --requests-per-second." };

    private readonly ChoiceOption<StaleIdBehavior> _staleIds = new("--assumed-stale-id-behavior")
    {
        Description = "What a deletion does with a file that is not in the recycle bin. The behavior of the service is not documented, so a program should work with each value.",
    };

    private readonly FaultOption _faults = new();
    private readonly NumberOption<double> _faultProbability = new("--fault-probability", 0, 1, 1)
    {
        Description = "The probability that a request gets one of the faults without :times, such as 0.1 for one request in ten.",
        HelpName = "probability",
    };

    private readonly NumberOption<int> _faultSeed = new("--fault-seed", int.MinValue, int.MaxValue, 0) { Description = "The seed of the random faults." };

    private readonly ProcessContext _context;

    public EmulatorCommand(ProcessContext context)
        : base("emulator", "Runs an emulator of the service until Ctrl+C, to try programs in any language without an account. It records each request in memory.")
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

        messages.MarkupLineInterpolated($"[dim]{Describe(emulator.Drive, CountNumbered(arguments))} Press Ctrl+C to end it. To use it with pan123, run this in another terminal:[/]");
        messages.MarkupLineInterpolated($"export {EnvironmentVariable.BaseAddress}={emulator.BaseAddress} {EnvironmentVariable.AccessToken}={emulator.AccessToken}");
        messages.MarkupLineInterpolated($"[dim]Client ID and client secret for programs that request their own access token: {Pan123EmulatorOptions.DefaultClientId}, {Pan123EmulatorOptions.DefaultClientSecret}[/]");
        var width = emulator.Endpoints.Max(endpoint => endpoint.Path.Length);
        foreach (var (method, path, limit) in emulator.Endpoints)
        {
            var rate = limit is { } requests ? $"{Plural.Format(requests, "request", "requests")} per second" : "no limit";
            messages.MarkupLineInterpolated($"[dim]{method,-4} {path.PadRight(width)}  {rate}[/]");
        }

        try
        {
            for (var number = 1; ; number++)
            {
                var request = await emulator.WaitForRequestAsync(number, _context.Interruption.GracefulStop);
                messages.MarkupLineInterpolated($"[dim]{request.ArrivedAt.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}[/] {request}");
            }
        }
        catch (OperationCanceledException)
        {
            messages.MarkupLineInterpolated($"[dim]{Plural.Format(emulator.Requests.Count, "request", "requests")}; {Plural.Format(emulator.Drive.Count(FileState.Deleted))} deleted, {Plural.Format(emulator.Drive.Count(FileState.InRecycleBin))} in the recycle bin.[/]");
            return ExitCode.Success;
        }
    }

    private static string Describe(EmulatedDrive drive, int numbered)
    {
        var (inBin, folders) = (drive.Count(FileState.InRecycleBin), drive.FolderCount);
        var files = inBin + drive.Count(FileState.Active) - folders;
        var ids = numbered > 0 ? $": IDs 1 to {numbered}" : "";
        return folders == 0 && files == inBin
            ? $"{Plural.Format(files)} in the recycle bin{(files == numbered ? ids : "")}."
            : $"{Plural.Format(folders, "folder", "folders")} and {Plural.Format(files)}, {inBin:N0} of them in the recycle bin.";
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
            throw new UsageException(failure.Message, failure);
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
