using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Tests over real HTTP, each with an emulator of its own that has these files in its recycle bin.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class EmulatorFixture(params long[] fileIds) : IAsyncDisposable
{
    protected Pan123Emulator Emulator { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Emulator = await Pan123Emulator.StartAsync();
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

    /// <summary>The IDs 1, 2, 3, …</summary>
    protected static long[] FirstIds(int count) => [.. Enumerable.Range(1, count).Select(id => (long)id)];
}
