namespace Pan123.Tests;

/// <summary>Runs each test against a mocked transport and over real HTTP.</summary>
[TestFixture(typeof(MockedService))]
[TestFixture(typeof(EmulatedService))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class ServiceFixture<TService>
    where TService : FakeService, new()
{
    protected TService Service { get; } = new();

    [SetUp]
    public Task StartAsync() => Service.StartAsync();

    [TearDown]
    public async Task StopAsync() => await Service.DisposeAsync();
}
