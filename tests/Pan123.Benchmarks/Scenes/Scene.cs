using BenchmarkDotNet.Attributes;

namespace Pan123.Benchmarks;

/// <summary>Calls under some circumstances, one after the other.</summary>
public abstract class Scene
{
    private IContender _contender = null!;
    private long[] _fileIds = null!;

    /// <summary>Who calls.</summary>
    public abstract Way Way { get; set; }

    /// <summary>How many files a call deletes.</summary>
    public abstract int Files { get; set; }

    /// <summary>Makes the contender.</summary>
    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _fileIds = FileIds(Files);
        _contender = await CreateAsync();
    }

    /// <summary>A call.</summary>
    /// <returns>Its end.</returns>
    [Benchmark]
    public Task CallAsync() => CallAsync(_contender, _fileIds);

    /// <summary>Disposes of it.</summary>
    [GlobalCleanup]
    public virtual Task CleanUpAsync()
    {
        _contender.Dispose();
        return Task.CompletedTask;
    }

    internal static long[] FileIds(int count) => [.. Enumerable.Range(0, count).Select(i => 14_705_301L + (5 * i))];

    private protected abstract Task<IContender> CreateAsync();

    private protected virtual Task CallAsync(IContender contender, long[] fileIds) => contender.DeleteFilesAsync(fileIds);
}
