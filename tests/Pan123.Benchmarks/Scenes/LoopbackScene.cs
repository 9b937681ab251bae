using BenchmarkDotNet.Attributes;
using Pan123.Emulator;

namespace Pan123.Benchmarks;

/// <summary>Real HTTP to the emulator in the same process: this library with all its handlers, the others bare. What the emulator takes is in it.</summary>
public class LoopbackScene : Scene
{
    private Pan123Emulator _emulator = null!;

    /// <inheritdoc />
    [ParamsAllValues]
    public override Way Way { get; set; }

    /// <inheritdoc />
    [Params(2, 100)]
    public override int Files { get; set; }

    /// <inheritdoc />
    public override async Task CleanUpAsync()
    {
        await base.CleanUpAsync();
        await _emulator.DisposeAsync();
    }

    private protected override async Task<IContender> CreateAsync()
    {
        // The same files are deleted again and again.
        _emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions
        {
            AccessToken = Contender.AccessToken,
            AssumedStaleIdBehavior = StaleIdBehavior.DeleteTheOthers,
        });
        Func<Way, HttpMessageHandler, Uri, IContender> create = Way == Way.Pan123 ? Contender.CreateWithPipeline : Contender.CreateBare;
        return create(Way, new SocketsHttpHandler { UseProxy = false }, _emulator.BaseAddress);
    }
}
