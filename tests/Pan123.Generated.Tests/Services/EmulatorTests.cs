using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Tests over real HTTP, each with an emulator of its own that has these files in its recycle bin.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class EmulatorTests(params long[] fileIds) : IAsyncDisposable
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

    /// <summary>The IDs 1, 2, 3, …</summary>
    protected static long[] FirstIds(int count) => [.. Enumerable.Range(1, count).Select(id => (long)id)];
}
