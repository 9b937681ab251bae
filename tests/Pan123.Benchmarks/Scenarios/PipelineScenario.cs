using BenchmarkDotNet.Attributes;

namespace Pan123.Benchmarks;

/// <summary>The client as it is registered, over an in-memory transport: this one with all its handlers, the others with the standard resilience handler.</summary>
public class PipelineScenario : Scenario
{
    /// <summary>The clients that have a pipeline.</summary>
    public static IEnumerable<ClientKind> Clients => ClientAdapterFactory.WithPipeline;

    /// <inheritdoc />
    [ParamsSource(nameof(Clients))]
    public override ClientKind Client { get; set; }

    /// <inheritdoc />
    [Params(2, 100)]
    public override int Files { get; set; }

    private protected override Task<IClientAdapter> CreateAsync() =>
        Task.FromResult(ClientAdapterFactory.CreateWithPipeline(Client, new InMemoryService(InMemoryService.Success), InMemoryService.Address));
}
