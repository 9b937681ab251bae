using BenchmarkDotNet.Attributes;

namespace Pan123.Benchmarks;

/// <summary>As <see cref="BareScenario"/>; the service rejects the request, with code 5066 in an HTTP 200, and the caller gets an exception.</summary>
public class RejectedScenario : Scenario
{
    /// <inheritdoc />
    [ParamsAllValues]
    public override ClientKind Client { get; set; }

    /// <inheritdoc />
    [Params(2)]
    public override int Files { get; set; }

    private protected override Task<IClientAdapter> CreateAsync() =>
        Task.FromResult(ClientAdapterFactory.CreateBare(Client, new InMemoryService(InMemoryService.FileNotFound), InMemoryService.Address));

    private protected override async Task CallAsync(IClientAdapter client, long[] fileIds)
    {
        try
        {
            await client.DeleteFilesAsync(fileIds);
        }
        catch (Exception rejection) when (rejection is RejectedException or Pan123ApiException)
        {
            return;
        }

        throw new InvalidOperationException($"{Client} took a rejection for a success.");
    }
}
