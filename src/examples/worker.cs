// A worker: a background service deletes any number of files, whose IDs are in a file, one a line. Its options are in the section Pan123.
// Run: Pan123__AccessToken=… dotnet run src/examples/worker.cs --FileIds file-ids.txt

// Outside of this repository: #:package Pan123.Generated@*, and @* after the name of the other package
#:project ../Pan123.Generated/Pan123.Generated.csproj
#:package Microsoft.Extensions.Hosting

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pan123;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddPan123Client(builder.Configuration.GetSection("Pan123"));
builder.Services.AddHostedService<Cleaner>();
await builder.Build().RunAsync();

internal sealed class Cleaner(IPan123Client pan, IConfiguration configuration, ILogger<Cleaner> logger, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Until all files are deleted: where this method throws, the host stops, but its exit code would be 0.
        Environment.ExitCode = 1;
        var isDone = true;
        var fileIds = File.ReadLines(configuration["FileIds"] ?? "file-ids.txt").Select(long.Parse);

        await foreach (var batch in pan.DeleteFilesInBatchesAsync(fileIds, new DeleteBatchOptions { IsolateRejected = true }, stoppingToken))
        {
            if (batch.Error is { } error)
            {
                logger.LogError("{Outcome}: {FileIds}. {Reason}", batch.Outcome, batch.FileIds, error.Message);
                isDone = false;
            }
        }

        Environment.ExitCode = isDone ? 0 : 1;
        lifetime.StopApplication();
    }
}
