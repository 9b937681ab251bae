using System.Net;

namespace Pan123.Tests;

/// <summary>The tests speak to the loopback, past a proxy that the machine may have.</summary>
[SetUpFixture]
public sealed class NoProxy
{
    [OneTimeSetUp]
    public void Forget() => HttpClient.DefaultProxy = new WebProxy();
}
