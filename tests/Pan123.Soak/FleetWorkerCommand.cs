using System.CommandLine;
using System.Diagnostics;
using Pan123.Emulator;
using RedisRateLimiting;
using StackExchange.Redis;

namespace Pan123.Soak;

/// <summary>One program of a fleet, in a separate process, with the limiter that the README recommends.</summary>
internal sealed class FleetWorkerCommand : Command
{
    private const string Ready = "ready";

    private readonly Option<string> _baseAddress = new("--base-address") { Required = true };
    private readonly Option<string> _accessToken = new("--access-token") { Required = true };
    private readonly Option<string> _redis = new("--redis") { Required = true };
    private readonly Option<int> _firstId = new("--first-id") { Required = true };
    private readonly Option<int> _warmUp = new("--warm-up") { Required = true, Description = "The number of files to delete before the worker waits for a line of input." };
    private readonly Option<int> _files = new("--files") { Required = true, Description = "The number of files to delete after that." };

    public FleetWorkerCommand()
        : base("fleet-worker", "Deletes files in batches, under a limit that all workers share through Redis.")
    {
        Add(_baseAddress);
        Add(_accessToken);
        Add(_redis);
        Add(_firstId);
        Add(_warmUp);
        Add(_files);
        SetAction(RunAsync);
    }

    /// <summary>Starts a worker as a separate process.</summary>
    /// <returns>The process, after its warm-up; it continues when it gets a line of input.</returns>
    public static async Task<Process> StartProcessAsync(Uri baseAddress, string accessToken, string redis, int firstId, int warmUp, int files)
    {
        string[] arguments =
        [
            "fleet-worker", "--base-address", $"{baseAddress}", "--access-token", accessToken,
            "--redis", redis, "--first-id", $"{firstId}", "--warm-up", $"{warmUp}", "--files", $"{files}",
        ];
        var process = SoakProcess.Start(arguments);
        return await process.StandardOutput.ReadLineAsync() == Ready ? process : throw new InvalidOperationException("A worker has failed; its error output says why.");
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var baseAddress = arguments.GetRequiredValue(_baseAddress);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(arguments.GetRequiredValue(_redis));

        // A separate key for each run: no two emulators have the same port at a time.
        await using var limiter = new RedisSlidingWindowRateLimiter<string>(baseAddress, new RedisSlidingWindowRateLimiterOptions
        {
            PermitLimit = FleetCommand.Limit,
            Window = TimeSpan.FromSeconds(1.05),
            ConnectionMultiplexerFactory = () => redis,
        });
        using var client = Pan123Client.Create(new Pan123ClientOptions
        {
            BaseAddress = new Uri(baseAddress),
            AccessToken = arguments.GetRequiredValue(_accessToken),
            RateLimiter = limiter,
            RetryDelay = TimeSpan.FromMilliseconds(50),
            MaxRetries = 7,
        });

        var (firstId, warmUp) = (arguments.GetValue(_firstId), arguments.GetValue(_warmUp));
        await DeleteAsync(client, firstId, warmUp, cancellationToken);
        await Console.Out.WriteLineAsync(Ready);
        await Console.In.ReadLineAsync(cancellationToken);
        await DeleteAsync(client, firstId + warmUp, arguments.GetValue(_files), cancellationToken);
        return 0;
    }

    private static async Task DeleteAsync(StandalonePan123Client client, int firstId, int count, CancellationToken cancellationToken)
    {
        await foreach (var batch in client.DeleteFilesInBatchesAsync(Enumerable.Range(firstId, count).Select(fileId => (long)fileId), cancellationToken: cancellationToken))
        {
            if (batch.Error is { } error)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }
        }
    }
}
