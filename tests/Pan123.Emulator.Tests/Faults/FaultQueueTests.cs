using System.Net;

namespace Pan123.Emulator.Tests;

public sealed class FaultQueueTests : EmulatorFixture
{
    [Test]
    public async Task Each_request_takes_the_next_fault_until_none_is_left()
    {
        Pan.Drive.AddToRecycleBin(1);
        Pan.Faults.Enqueue(Fault.BodyCode(429, "slow down"), times: 2);
        Pan.Faults.Enqueue(Fault.BodyCode(401, "token is expired"));

        int[] codes = [(await DeleteAsync(1)).Code, (await DeleteAsync(1)).Code, (await DeleteAsync(1)).Code, (await DeleteAsync(1)).Code];

        Assert.That(codes, Is.EqualTo([429, 429, 401, 0]));
        Assert.That(Pan.Faults.Count, Is.Zero);
    }

    [Test]
    public async Task A_fault_strikes_at_any_path()
    {
        Pan.Faults.Enqueue(Fault.HttpStatus(HttpStatusCode.BadGateway));

        using var response = await Http.GetAsync(new Uri("/elsewhere", UriKind.Relative), TimeLimit);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
    }

    [Test]
    public async Task Cleared_faults_do_not_strike()
    {
        Pan.Drive.AddToRecycleBin(1);
        Pan.Faults.Enqueue(Fault.EmptyBody(), times: 5);
        var countBefore = Pan.Faults.Count;
        Pan.Faults.Clear();

        var reply = await DeleteAsync(1);

        Assert.That(countBefore, Is.EqualTo(5));
        Assert.That(reply.Code, Is.Zero);
    }

    [Test]
    public async Task Concurrent_requests_share_the_faults_in_the_order_of_the_record()
    {
        Pan.Drive.AddToRecycleBin(Enumerable.Range(1, 32).Select(id => (long)id));
        Pan.Faults.Enqueue(Fault.BodyCode(429, "slow down"), times: 10);

        var replies = await Task.WhenAll(Enumerable.Range(1, 32).Select(id => DeleteAsync(id)));

        Assert.That(replies.Count(reply => reply.Code == 429), Is.EqualTo(10));
        Assert.That(Pan.Requests.Select(request => request.Fault is not null), Is.Ordered.Descending);
        Assert.That(Pan.Drive.Count(FileState.Deleted), Is.EqualTo(22));
    }

    [Test]
    public void A_fault_is_queued_at_least_once()
    {
        Assert.That(() => Pan.Faults.Enqueue(Fault.EmptyBody(), times: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
