using BenchmarkDotNet.Attributes;

namespace Pan123.Benchmarks;

/// <summary>The client alone, over an HttpClient with nothing behind it.</summary>
public class BareScene : Scene
{
    /// <inheritdoc />
    [ParamsAllValues]
    public override Way Way { get; set; }

    /// <inheritdoc />
    [Params(1, 2, 100)]
    public override int Files { get; set; }

    private protected override Task<IContender> CreateAsync() =>
        Task.FromResult(Contender.CreateBare(Way, new InMemoryService(InMemoryService.Success), InMemoryService.Address));
}
