namespace Pan123.Tests;

/// <summary>Which call a request belongs to, and its address.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class ApiRequestTests : IDisposable
{
    private static readonly Uri BaseAddress = new("https://example.com");

    private readonly ApiRequest _call = new("deleteFiles", HttpMethod.Post, new Uri("api/v1/file", UriKind.Relative));

    public void Dispose() => _call.Dispose();

    [Test]
    public void A_request_belongs_to_its_own_call_and_a_copy_to_the_call_that_began_last()
    {
        using var later = new ApiRequest("getFiles", HttpMethod.Get, new Uri("api/v1/file", UriKind.Relative));
        using var copy = new HttpRequestMessage();
        _call.Begin(BaseAddress);
        later.Begin(BaseAddress);

        ApiRequest?[] found = [ApiRequest.Get(_call), ApiRequest.Get(copy), ApiRequest.Find()];

        Assert.That(found, Is.EqualTo(new[] { _call, later, later }));
    }

    // HttpClient then says what is missing.
    [TestCase(null, "api/v1/file")]
    [TestCase("https://example.com", "https://example.com/api/v1/file")]
    [TestCase("https://example.com/gateway/", "https://example.com/gateway/api/v1/file")]
    public void The_address_is_below_the_base_address_and_without_one_stays_relative(string? baseAddress, string address)
    {
        _call.Begin(baseAddress is null ? null : new Uri(baseAddress));

        Assert.That((_call.Address?.OriginalString, _call.RequestUri), Is.EqualTo((address, _call.Address)));
    }
}
