using System.Net.Sockets;
using System.Text;

namespace Pan123.Emulator.Tests;

public sealed class RecordTests : EmulatorFixture
{
    [Test]
    public async Task A_request_is_recorded_as_it_was_sent()
    {
        Pan.Drive.AddToRecycleBin(1, 2);
        var request = DeleteRequest(" { \"fileIDs\" : [2, 1] }");
        request.RequestUri = new Uri($"{DeletePath}?q=%20x&y", UriKind.Relative);
        request.Headers.Add("X-Twice", ["a", "b"]);

        await SendAsync(request);

        var recorded = Pan.Requests.Single();
        Assert.That(recorded.Method, Is.EqualTo("POST"));
        Assert.That(recorded.PathAndQuery, Is.EqualTo($"{DeletePath}?q=%20x&y"));
        Assert.That(recorded.BodyText, Is.EqualTo(" { \"fileIDs\" : [2, 1] }"));
        Assert.That(recorded.Body.ToArray(), Is.EqualTo(" { \"fileIDs\" : [2, 1] }"u8.ToArray()));
        Assert.That(recorded.Headers, Has.Member(KeyValuePair.Create("Authorization", "Bearer emulator-access-token")));
        Assert.That(recorded.Headers, Has.Member(KeyValuePair.Create("Platform", "open_platform")));
        Assert.That(recorded.Fault, Is.Null);
        Assert.That(recorded.DeletedFileIds, Is.EqualTo([2, 1]));
        Assert.That($"{recorded}", Is.EqualTo("POST /api/v1/file/delete?q=%20x&y, 2 deleted, no fault"));
    }

    [Test]
    public async Task A_header_sent_twice_is_recorded_twice()
    {
        const string Request = "GET / HTTP/1.1\r\nHost: x\r\nX-Twice: a\r\nX-Twice: b\r\n\r\n";

        using var tcp = await SendRawAsync(Request);
        var recorded = await Pan.WaitForRequestAsync(cancellationToken: TimeLimit);

        Assert.That(
            recorded.Headers.Where(header => header.Key == "X-Twice").Select(header => header.Value), Is.EqualTo(["a", "b"]));
    }

    [Test]
    public async Task Every_request_is_recorded_whatever_becomes_of_it()
    {
        Pan.Drive.AddToRecycleBin(1);
        Pan.Faults.Enqueue(Fault.EmptyBody());

        await DeleteAsync(1);
        await DeleteAsync(1);
        await DeleteAsync(1);
        await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri("/elsewhere", UriKind.Relative)));

        Assert.That(Pan.Requests.Select(request => $"{request}"), Is.EqualTo(
            [
                "POST /api/v1/file/delete, 0 deleted, fault: empty body, before processing",
                "POST /api/v1/file/delete, 1 deleted, no fault",
                "POST /api/v1/file/delete, 0 deleted, no fault",
                "GET /elsewhere, 0 deleted, no fault",
            ]));
    }

    [Test]
    public async Task A_request_that_breaks_off_is_recorded_and_takes_no_fault()
    {
        Pan.Faults.Enqueue(Fault.EmptyBody());
        using (await SendRawAsync($"POST {DeletePath} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{{\"file"))
        {
            // The connection closes here, in the middle of the body.
        }

        var recorded = await Pan.WaitForRequestAsync(cancellationToken: TimeLimit);

        Assert.That(recorded.PathAndQuery, Is.EqualTo(DeletePath));
        Assert.That(recorded.BodyText, Is.AnyOf("", "{\"file"));
        Assert.That(recorded.Fault, Is.Null);
        Assert.That(Pan.Faults.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_list_once_taken_does_not_change()
    {
        var before = Pan.Requests;

        await DeleteAsync(1);

        Assert.That(before, Is.Empty);
        Assert.That(Pan.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Waiting_completes_with_the_request_that_makes_up_the_number()
    {
        var second = Pan.WaitForRequestAsync(2, TimeLimit);
        var secondAgain = Pan.WaitForRequestAsync(2, TimeLimit);
        await DeleteAsync(1);
        var afterOne = second.IsCompleted;

        await DeleteAsync(2);

        Assert.That(afterOne, Is.False);
        Assert.That((await second).BodyText, Is.EqualTo(Body(2)));
        Assert.That(await secondAgain, Is.SameAs(await second));
        Assert.That((await Pan.WaitForRequestAsync(1, TimeLimit)).BodyText, Is.EqualTo(Body(1)));
    }

    [Test]
    public async Task Waiting_can_be_given_up_by_one_and_go_on_for_another()
    {
        using var givesUp = new CancellationTokenSource();
        var first = Pan.WaitForRequestAsync(1, givesUp.Token);
        var second = Pan.WaitForRequestAsync(1, TimeLimit);

        await givesUp.CancelAsync();
        await DeleteAsync(1);

        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await second).BodyText, Is.EqualTo(Body(1)));
    }

    [Test]
    public async Task Waiting_fails_when_the_emulator_is_disposed()
    {
        var waiting = Pan.WaitForRequestAsync(cancellationToken: TimeLimit);

        await Pan.DisposeAsync();

        Assert.That(async () => await waiting, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => Pan.WaitForRequestAsync(), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void One_waits_for_one_request_at_least()
    {
        Assert.That(() => Pan.WaitForRequestAsync(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private async Task<TcpClient> SendRawAsync(string request)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(Pan.BaseAddress.Host, Pan.BaseAddress.Port, TimeLimit);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TimeLimit);
        return tcp;
    }
}
