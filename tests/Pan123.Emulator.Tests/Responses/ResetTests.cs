using System.Net.Sockets;
using System.Text;

namespace Pan123.Emulator.Tests;

public sealed class ResetTests : EmulatorFixture
{
    private static readonly long[] None = [];
    private static readonly long[] One = [1];

    [SetUp]
    public void FillTheRecycleBin() => Pan.Drive.AddToRecycleBin(1);

    [Test]
    public async Task A_connection_is_reset_before_any_byte_of_an_answer([Values] bool afterProcessing)
    {
        Pan.Faults.Enqueue(afterProcessing ? Fault.ConnectionReset().AfterProcessing() : Fault.ConnectionReset());

        var answer = await SendRawAndReadUntilResetAsync();

        Assert.That(answer, Is.Empty);
        Assert.That(Pan.Drive.DeletedFileIds, Is.EqualTo(afterProcessing ? One : None));
    }

    // Windows drops what it has received but not handed over when a reset comes.
    [Platform(Exclude = "Win")]
    [Test]
    [Repeat(20)]
    public async Task A_connection_is_reset_after_half_of_the_body_has_come([Values] bool afterProcessing)
    {
        Pan.Faults.Enqueue(afterProcessing ? Fault.ConnectionResetInBody().AfterProcessing() : Fault.ConnectionResetInBody());

        var answer = await SendRawAndReadUntilResetAsync();

        Assert.That(answer, Does.StartWith("HTTP/1.1 200 OK\r\n").And.Contain("{\"code\":0,\"message\":\"ok\""));
        Assert.That(answer, Does.Not.Contain("}"));
    }

    [Test]
    public async Task A_reset_ends_an_HTTP_client_without_an_answer_and_leaves_the_emulator_able_to_serve_the_next()
    {
        Pan.Faults.Enqueue(Fault.ConnectionReset());
        Pan.Faults.Enqueue(Fault.ConnectionResetInBody());

        await Assert.ThatAsync(() => DeleteAsync(1), Throws.InstanceOf<HttpRequestException>());
        await Assert.ThatAsync(() => DeleteAsync(1), Throws.InstanceOf<HttpRequestException>());
        var third = await DeleteAsync(1);

        Assert.That(third.Code, Is.Zero);
        Assert.That(Pan.Requests, Has.Count.EqualTo(3));
    }

    /// <summary>Fails unless the connection ends by a reset: an orderly end would only end the answer.</summary>
    private async Task<string> SendRawAndReadUntilResetAsync()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Pan.BaseAddress.Host, Pan.BaseAddress.Port, TimeLimit);
        var body = Body(1);
        await tcp.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST {DeletePath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Pan.AccessToken}\r\nPlatform: open_platform\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"),
            TimeLimit);

        var answer = new StringBuilder();
        var buffer = new byte[4096];
        async Task ReadToTheEndAsync()
        {
            while (await tcp.Client.ReceiveAsync(buffer, TimeLimit) is > 0 and var count)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }

        var isReset = Has.Property(nameof(SocketException.SocketErrorCode)).EqualTo(SocketError.ConnectionReset);
        await Assert.ThatAsync(ReadToTheEndAsync, Throws.InstanceOf<SocketException>().And.Matches(isReset));
        return answer.ToString();
    }
}
