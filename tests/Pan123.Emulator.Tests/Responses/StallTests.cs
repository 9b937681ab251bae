using System.Net.Sockets;
using System.Text;

namespace Pan123.Emulator.Tests;

public sealed class StallTests : EmulatorFixture
{
    private static readonly long[] None = [];
    private static readonly long[] One = [1];

    [SetUp]
    public void FillTheRecycleBin() => Pan.Drive.AddToRecycleBin(1);

    [Test]
    public async Task Stalled_headers_stall_until_the_emulator_is_disposed([Values] bool afterProcessing)
    {
        Pan.Faults.Enqueue(afterProcessing ? Fault.StalledHeaders().AfterProcessing() : Fault.StalledHeaders());

        var reply = DeleteAsync(1);
        var request = await Pan.WaitForRequestAsync(cancellationToken: TimeLimit);
        await PassTimeAsync();
        var wasCompleted = reply.IsCompleted;
        await Pan.DisposeAsync();

        Assert.That(wasCompleted, Is.False);
        Assert.That(async () => await reply, Throws.InstanceOf<HttpRequestException>());
        Assert.That(request.DeletedFileIds, Is.EqualTo(afterProcessing ? One : None));
    }

    [Test]
    public async Task A_stalled_body_sends_half_of_a_good_envelope_and_no_more([Values] bool afterProcessing)
    {
        Pan.Faults.Enqueue(afterProcessing ? Fault.StalledBody().AfterProcessing() : Fault.StalledBody());
        using var request = DeleteRequest(Body(1));

        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TimeLimit);
        await using var stream = await response.Content.ReadAsStreamAsync(TimeLimit);
        var announced = (int)response.Content.Headers.ContentLength!;
        var half = new byte[announced / 2];
        await stream.ReadExactlyAsync(half, TimeLimit);
        var rest = stream.ReadAsync(new byte[1], TimeLimit).AsTask();
        await PassTimeAsync();
        var wasCompleted = rest.IsCompleted;
        await Pan.DisposeAsync();

        Assert.That(Encoding.UTF8.GetString(half), Does.StartWith("""{"code":0,"message":"ok","data":null"""));
        Assert.That(wasCompleted, Is.False);
        Assert.That(async () => await rest, Throws.InstanceOf<IOException>());
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo(afterProcessing ? One : None));
    }

    [Test]
    public async Task A_client_that_gives_up_leaves_the_emulator_able_to_serve_the_next()
    {
        Pan.Faults.Enqueue(Fault.StalledHeaders());

        var first = DeleteAsync(1);
        await Pan.WaitForRequestAsync(cancellationToken: TimeLimit);
        Http.CancelPendingRequests();
        var second = await DeleteAsync(1);

        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(second.Code, Is.Zero);
    }

    [Test]
    public async Task Many_stalled_requests_are_ended_at_once()
    {
        Pan.Faults.Enqueue(Fault.StalledHeaders(), times: 32);
        var replies = Enumerable.Range(0, 32).Select(_ => DeleteAsync(1)).ToArray();
        await Pan.WaitForRequestAsync(32, TimeLimit);

        var started = TimeProvider.System.GetTimestamp();
        await Pan.DisposeAsync();
        var elapsed = TimeProvider.System.GetElapsedTime(started);

        Assert.That(async () => await Task.WhenAll(replies), Throws.InstanceOf<HttpRequestException>());
        Assert.That(elapsed, Is.LessThan(TimeSpan.FromSeconds(1)), "Kestrel waits a second for requests that do not end by themselves");
    }

    [Test]
    public async Task A_client_that_closes_its_sending_side_gets_no_answer()
    {
        Pan.Faults.Enqueue(Fault.StalledHeaders());
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Pan.BaseAddress.Host, Pan.BaseAddress.Port, TimeLimit);
        var stream = tcp.GetStream();
        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), TimeLimit);
        await Pan.WaitForRequestAsync(cancellationToken: TimeLimit);

        tcp.Client.Shutdown(SocketShutdown.Send);

        await Assert.ThatAsync(async () => await stream.ReadExactlyAsync(new byte[1], TimeLimit), Throws.InstanceOf<IOException>());
    }

    // Other requests take their time, and show that a stalled one does not hold them up.
    private async Task PassTimeAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            await DeleteAsync(2);
        }
    }
}
