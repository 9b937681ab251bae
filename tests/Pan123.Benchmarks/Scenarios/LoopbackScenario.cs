using BenchmarkDotNet.Attributes;
using Pan123.Emulator;

namespace Pan123.Benchmarks;

/// <summary>Real HTTP to the emulator in the same process: this library with all its handlers, the others bare. What the emulator takes is in it.</summary>
public class LoopbackScenario : Scenario
{
    private Pan123Emulator _emulator = null!;

    /// <inheritdoc />
    [ParamsAllValues]
    public override ClientKind Client { get; set; }

    /// <inheritdoc />
    [Params(2, 100)]
    public override int Files { get; set; }

    /// <inheritdoc />
    public override async Task CleanUpAsync()
    {
        await base.CleanUpAsync();
        await _emulator.DisposeAsync();
    }

    private protected override async Task<IClientAdapter> CreateAsync()
    {
        // The same files are deleted again and again.
        _emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions
        {
            AccessToken = ClientAdapterFactory.AccessToken,
            AssumedStaleIdBehavior = StaleIdBehavior.DeleteTheOthers,
        });
        Func<ClientKind, HttpMessageHandler, Uri, IClientAdapter> create = Client == ClientKind.Pan123 ? ClientAdapterFactory.CreateWithPipeline : ClientAdapterFactory.CreateBare;
        return create(Client, new SocketsHttpHandler { UseProxy = false }, _emulator.BaseAddress);
    }
}
