using System.Net.Sockets;
using System.Text;

namespace Pan123.Emulator.Tests;

public sealed class HostingTests : EmulatorFixture
{
    [Test]
    public void It_listens_on_a_free_port_of_127_0_0_1()
    {
        Assert.That($"{Pan.BaseAddress}", Does.Match("^http://127\\.0\\.0\\.1:[1-9][0-9]*/$"));
        Assert.That(Pan.AccessToken, Is.EqualTo("emulator-access-token"));
    }

    [Test]
    public async Task Two_emulators_side_by_side_share_nothing()
    {
        await using var other = await Pan123Emulator.StartAsync(new() { AccessToken = "another" }, TimeLimit);
        using var http = new HttpClient { BaseAddress = other.BaseAddress };
        Pan.Drive.AddToRecycleBin(1);
        other.Drive.AddToRecycleBin(1);
        Pan.Faults.Enqueue(Fault.EmptyBody());

        using var request = DeleteRequest(Body(1), "another");
        using var response = await http.SendAsync(request, TimeLimit);

        Assert.That(other.Drive.DeletedFileIds, Is.EqualTo([1]));
        Assert.That(other.Requests, Has.Count.EqualTo(1));
        Assert.That(Pan.Drive.DeletedFileIds, Is.Empty);
        Assert.That(Pan.Requests, Is.Empty);
        Assert.That(Pan.Faults.Count, Is.EqualTo(1));
    }

    [Test]
    public void A_port_in_use_is_named()
    {
        var port = Pan.BaseAddress.Port;

        Assert.That(
            () => Pan123Emulator.StartAsync(new() { Port = port }),
            Throws.InstanceOf<IOException>().With.Message.Contains($"127.0.0.1:{port}").And.Message.Contains("in use"));
    }

    [Test]
    public async Task A_port_is_free_again_after_disposal()
    {
        await StartOnLowPortAsync();
        var port = Pan.BaseAddress.Port;
        await DeleteAsync(1);
        await Pan.DisposeAsync();

        await using var next = await Pan123Emulator.StartAsync(new() { Port = port }, TimeLimit);

        Assert.That(next.BaseAddress, Is.EqualTo(Pan.BaseAddress));
    }

    [Test]
    public async Task Disposing_twice_is_allowed_and_the_record_stays_readable()
    {
        await DeleteAsync(1);

        await Task.WhenAll(Pan.DisposeAsync().AsTask(), Pan.DisposeAsync().AsTask());
        await Pan.DisposeAsync();

        Assert.That(Pan.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_disposed_emulator_refuses_connections()
    {
        await Pan.DisposeAsync();

        Assert.That(async () => await DeleteAsync(1), Throws.InstanceOf<HttpRequestException>());
    }

    [TestCase("")]
    [TestCase("POST /api")]
    [TestCase("POST /api/v1/file/delete HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")]
    public async Task Disposing_does_not_wait_for_a_request_that_is_only_half_sent(string half)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Pan.BaseAddress.Host, Pan.BaseAddress.Port, TimeLimit);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(half), TimeLimit);
        await DeleteAsync(1);

        var started = TimeProvider.System.GetTimestamp();
        await Pan.DisposeAsync();

        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void A_cancelled_start_starts_nothing()
    {
        Assert.That(
            () => Pan123Emulator.StartAsync(cancellationToken: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }
}
