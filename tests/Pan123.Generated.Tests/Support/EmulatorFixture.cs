using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Tests over real HTTP, each with an emulator of its own that has these files in its recycle bin.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class EmulatorFixture(params long[] fileIds) : IAsyncDisposable
{
    protected Pan123Emulator Emulator { get; private set; } = null!;

    /// <summary>How the emulator behaves.</summary>
    protected virtual Pan123EmulatorOptions Options => new();

    [SetUp]
    public async Task StartAsync()
    {
        Emulator = await Pan123Emulator.StartAsync(Options);
        Emulator.Drive.AddToRecycleBin(fileIds);
    }

    [TearDown]
    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A client of the emulator that sends each request once, and at once.</summary>
    protected StandalonePan123Client CreateClient(Action<IHttpClientBuilder>? configure = null) => Pan123Client.Create(
        new Pan123ClientOptions { BaseAddress = Emulator.BaseAddress, AccessToken = Emulator.AccessToken, MaxRetries = 0, RequestsPerSecond = null }, configure);

    /// <summary>A client of the emulator with the default options, and this clock.</summary>
    protected StandalonePan123Client CreateClient(TimeProvider clock, Action<Pan123ClientOptions>? configure = null)
    {
        var options = new Pan123ClientOptions { BaseAddress = Emulator.BaseAddress, AccessToken = Emulator.AccessToken };
        configure?.Invoke(options);
        return Pan123Client.Create(options, builder => builder.Services.AddSingleton(clock));
    }

    /// <summary>The IDs 1, 2, 3, …</summary>
    protected static long[] FirstIds(int count) => [.. Enumerable.Range(1, count).Select(id => (long)id)];
}
