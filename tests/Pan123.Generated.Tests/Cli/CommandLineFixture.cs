using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Cli;
using Pan123.Emulator;
using Spectre.Console.Testing;

namespace Pan123.Tests.CommandLineTool;

/// <summary>Runs the command line in this process, with consoles that the test reads.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class CommandLineFixture : IAsyncDisposable
{
    protected TestConsole Results { get; } = new TestConsole().Width(short.MaxValue);

    protected TestConsole Messages { get; } = new TestConsole().Width(short.MaxValue).Interactive();

    protected Dictionary<string, string?> Environment { get; } = [];

    protected Pan123Emulator Emulator { get; private set; } = null!;

    protected bool CanAsk { get; set; }

    protected int MaxRetries { get; set; }

    protected string TokenFolder { get; } = Path.Combine(Path.GetTempPath(), $"pan123-{Guid.NewGuid():N}", "token");

    [SetUp]
    public async Task StartAsync()
    {
        Emulator = await Pan123Emulator.StartAsync();
        Environment["PAN123_ACCESS_TOKEN"] = Emulator.AccessToken;
        Environment["PAN123_BASE_ADDRESS"] = Emulator.BaseAddress.AbsoluteUri;
    }

    [TearDown]
    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        Results.Dispose();
        Messages.Dispose();
        var parent = Path.GetDirectoryName(TokenFolder)!;
        if (Directory.Exists(parent))
        {
            Directory.Delete(parent, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    // What the client does about a fault, and how long it takes for it, its own tests show.
    private void Configure(IHttpClientBuilder builder)
    {
        builder.Services.Configure<Pan123ClientOptions>(options => (options.MaxRetries, options.RetryDelay) = (MaxRetries, TimeSpan.FromMilliseconds(1)));
        builder.Services.AddSingleton<IDistributedCache>(new FileCache(TokenFolder));
    }

    protected Task<int> RunAsync(string arguments, CancellationToken cancellationToken = default) =>
        new CommandLine(new Terminal(Results, Messages, CanAsk), Environment.GetValueOrDefault, Configure)
            .RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), cancellationToken);
}
