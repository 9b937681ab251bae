using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Soak;

/// <summary>A program like an application: a separate process, with credentials, that deletes one file after the other.</summary>
internal sealed class WorkerCommand : Command
{
    private readonly Option<string> _baseAddress = new("--base-address") { Required = true };
    private readonly Option<string?> _redis = new("--redis") { Description = "A Redis server through which processes share their access token; none if the option is not given." };
    private readonly Option<long> _firstId = new("--first-id") { Required = true };
    private readonly Option<int> _calls = new("--calls") { Required = true };

    public WorkerCommand()
        : base("worker", "Deletes files one by one, and writes how many it deleted.")
    {
        Add(_baseAddress);
        Add(_redis);
        Add(_firstId);
        Add(_calls);
        SetAction(RunAsync);
    }

    /// <summary>Runs a worker as a separate process.</summary>
    /// <returns>The number of files that it deleted; fewer than requested if one of its calls failed.</returns>
    public static async Task<int> RunProcessAsync(Uri baseAddress, long firstId, int calls, string? redis = null)
    {
        List<string> arguments = ["worker", "--base-address", $"{baseAddress}", "--first-id", $"{firstId}", "--calls", $"{calls}"];
        if (redis is not null)
        {
            arguments.AddRange(["--redis", redis]);
        }

        return int.Parse(await SoakProcess.RunAsync(arguments), CultureInfo.InvariantCulture);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var collection = new ServiceCollection();
        if (arguments.GetValue(_redis) is { } redis)
        {
            collection.AddStackExchangeRedisCache(options => options.Configuration = redis);
        }

        collection.AddPan123Client(options =>
        {
            options.BaseAddress = new Uri(arguments.GetRequiredValue(_baseAddress));
            (options.ClientId, options.ClientSecret) = (Pan123EmulatorOptions.DefaultClientId, Pan123EmulatorOptions.DefaultClientSecret);
        });
        await using var services = collection.BuildServiceProvider();
        var client = services.GetRequiredService<IPan123Client>();

        var deleted = 0;
        try
        {
            for (; deleted < arguments.GetValue(_calls); deleted++)
            {
                await client.DeleteFilesAsync([arguments.GetValue(_firstId) + deleted], cancellationToken);
            }

            return 0;
        }
        catch (Pan123Exception failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        finally
        {
            await Console.Out.WriteLineAsync($"{deleted}");
        }
    }
}
