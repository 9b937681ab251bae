using BenchmarkDotNet.Attributes;

namespace Pan123.Benchmarks;

/// <summary>As <see cref="BareScene"/>; the service refuses, with code 5066 in an HTTP 200, and the caller gets an exception.</summary>
public class RefusedScene : Scene
{
    /// <inheritdoc />
    [ParamsAllValues]
    public override Way Way { get; set; }

    /// <inheritdoc />
    [Params(2)]
    public override int Files { get; set; }

    private protected override Task<IContender> CreateAsync() =>
        Task.FromResult(Contender.CreateBare(Way, new InMemoryService(InMemoryService.FileNotFound), InMemoryService.Address));

    private protected override async Task CallAsync(IContender contender, long[] fileIds)
    {
        try
        {
            await contender.DeleteFilesAsync(fileIds);
        }
        catch (Exception refused) when (refused is RefusedException or Pan123ApiException)
        {
            return;
        }

        throw new InvalidOperationException($"{Way} took a refusal for a success.");
    }
}
