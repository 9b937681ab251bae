using BenchmarkDotNet.Attributes;

namespace Pan123.Benchmarks;

/// <summary>The client as it is registered, over an in-memory transport: this one with all its handlers, the others with the standard resilience handler.</summary>
public class PipelineScene : Scene
{
    /// <summary>Those that have a pipeline.</summary>
    public static IEnumerable<Way> Ways => Contender.WithPipeline;

    /// <inheritdoc />
    [ParamsSource(nameof(Ways))]
    public override Way Way { get; set; }

    /// <inheritdoc />
    [Params(2, 100)]
    public override int Files { get; set; }

    private protected override Task<IContender> CreateAsync() =>
        Task.FromResult(Contender.CreateWithPipeline(Way, new InMemoryService(InMemoryService.Success), InMemoryService.Address));
}
