using BenchmarkDotNet.Attributes;

namespace Pan123.Benchmarks;

/// <summary>The client alone, over an HttpClient with nothing behind it.</summary>
public class BareScenario : Scenario
{
    /// <inheritdoc />
    [ParamsAllValues]
    public override ClientKind Client { get; set; }

    /// <inheritdoc />
    [Params(1, 2, 100)]
    public override int Files { get; set; }

    private protected override Task<IClientAdapter> CreateAsync() =>
        Task.FromResult(ClientAdapterFactory.CreateBare(Client, new InMemoryService(InMemoryService.Success), InMemoryService.Address));
}
