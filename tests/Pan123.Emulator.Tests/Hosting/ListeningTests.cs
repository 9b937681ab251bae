using System.Net.Sockets;

namespace Pan123.Emulator.Tests;

public sealed class ListeningTests : EmulatorFixture
{
    [SetUp]
    public void FillTheRecycleBin() => Pan.Drive.AddToRecycleBin(1, 2);

    [Test]
    public async Task While_it_does_not_listen_connections_are_refused_and_nothing_is_recorded()
    {
        await Pan.StopAsync();

        Assert.That(await ConnectAsync(), Is.EqualTo(SocketError.ConnectionRefused));
        await Assert.ThatAsync(() => DeleteAsync(1), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Pan.Requests, Is.Empty);
    }

    [Test]
    public async Task When_it_listens_again_everything_is_as_it_was()
    {
        var address = Pan.BaseAddress;
        Pan.Faults.Enqueue(Fault.BodyCode(429, "slow down"), times: 2);
        await DeleteAsync(1);

        await Pan.StopAsync();
        await Pan.RestartAsync(TimeLimit);
        var second = await DeleteAsync(1);
        var third = await DeleteAsync(1);

        Assert.That(Pan.BaseAddress, Is.EqualTo(address));
        Assert.That(second.Code, Is.EqualTo(429));
        Assert.That(third.Code, Is.Zero);
        Assert.That(Pan.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Stopping_breaks_off_the_request_that_is_under_way()
    {
        Pan.Faults.Enqueue(Fault.StalledHeaders().AfterProcessing());
        var reply = DeleteAsync(1);
        await Pan.WaitForRequestAsync(cancellationToken: TimeLimit);

        await Pan.StopAsync();

        await Assert.ThatAsync(() => reply, Throws.InstanceOf<HttpRequestException>());
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo([1]));
    }

    [Test]
    public async Task It_can_stop_and_listen_many_times()
    {
        for (var i = 0; i < 20; i++)
        {
            await Pan.StopAsync();
            Assert.That(await ConnectAsync(), Is.EqualTo(SocketError.ConnectionRefused));
            await Pan.RestartAsync(TimeLimit);
            Assert.That(await ConnectAsync(), Is.EqualTo(SocketError.Success));
        }
    }

    [Test]
    public async Task Stopping_and_listening_twice_is_allowed_from_any_thread()
    {
        await Task.WhenAll(Pan.StopAsync(), Pan.StopAsync());
        var whileStopped = await ConnectAsync();
        await Task.WhenAll(Pan.RestartAsync(TimeLimit), Pan.RestartAsync(TimeLimit));
        var reply = await DeleteAsync(1);

        Assert.That(whileStopped, Is.EqualTo(SocketError.ConnectionRefused));
        Assert.That(reply.Code, Is.Zero);
    }

    [Test]
    public async Task Disposing_while_it_does_not_listen_frees_the_port_and_ends_it_for_good()
    {
        await StartOnLowPortAsync();
        await Pan.StopAsync();
        await Pan.DisposeAsync();

        await using var next = await Pan123Emulator.StartAsync(new() { Port = Pan.BaseAddress.Port }, TimeLimit);

        await Assert.ThatAsync(() => Pan.RestartAsync(TimeLimit), Throws.InstanceOf<ObjectDisposedException>());
        await Assert.ThatAsync(() => Pan.StopAsync(), Throws.Nothing);
    }

    private async Task<SocketError> ConnectAsync()
    {
        using var tcp = new TcpClient();
        try
        {
            await tcp.ConnectAsync(Pan.BaseAddress.Host, Pan.BaseAddress.Port, TimeLimit);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
