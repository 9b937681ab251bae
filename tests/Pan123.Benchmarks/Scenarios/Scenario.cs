using BenchmarkDotNet.Attributes;

namespace Pan123.Benchmarks;

/// <summary>Calls under some circumstances, one after the other.</summary>
public abstract class Scenario
{
    private IClientAdapter _client = null!;
    private long[] _fileIds = null!;

    /// <summary>Which client calls.</summary>
    public abstract ClientKind Client { get; set; }

    /// <summary>How many files a call deletes.</summary>
    public abstract int Files { get; set; }

    /// <summary>Creates the client.</summary>
    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _fileIds = FileIds(Files);
        _client = await CreateAsync();
    }

    /// <summary>A call.</summary>
    /// <returns>Its end.</returns>
    [Benchmark]
    public Task CallAsync() => CallAsync(_client, _fileIds);

    /// <summary>Disposes of the client.</summary>
    [GlobalCleanup]
    public virtual Task CleanUpAsync()
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    internal static long[] FileIds(int count) => [.. Enumerable.Range(0, count).Select(i => 14_705_301L + (5 * i))];

    private protected abstract Task<IClientAdapter> CreateAsync();

    private protected virtual Task CallAsync(IClientAdapter client, long[] fileIds) => client.DeleteFilesAsync(fileIds);
}
