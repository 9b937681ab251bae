using System.Net;

namespace Pan123;

/// <summary>The tests speak to the loopback, past a proxy that the machine may have.</summary>
/// <remarks>In the namespace that those of all test projects are below, since NUnit runs it for these.</remarks>
[SetUpFixture]
public sealed class NoProxy
{
    [OneTimeSetUp]
    public void Forget() => HttpClient.DefaultProxy = new WebProxy();
}
