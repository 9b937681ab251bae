namespace Pan123.Emulator.Tests;

public sealed class ChosenFaultTests : AccessTokenFixture
{
    private static readonly Fault SlowDown = Fault.BodyCode(429, "slow down");
    private static readonly Fault Exceeded = Fault.BodyCode(5113, "traffic exceeded");

    [Test]
    public void The_paths_are_those_of_the_endpoints()
    {
        Assert.That(Pan123Emulator.DeleteFilesPath, Is.EqualTo(DeletePath));
        Assert.That(Pan123Emulator.AccessTokenPath, Is.EqualTo(TokenPath));
    }

    [Test]
    public async Task A_fault_for_one_path_is_passed_by_at_another()
    {
        Pan.Faults.Enqueue(SlowDown, times: 2, path: Pan123Emulator.AccessTokenPath);

        await DeleteAsync(1);
        await SendAsync(TokenRequest(Credentials()));
        await DeleteAsync(1);
        await SendAsync(TokenRequest(Credentials()));
        await SendAsync(TokenRequest(Credentials()));

        Assert.That(Pan.Requests.Select(request => request.Fault), Is.EqualTo([null, SlowDown, null, SlowDown, null]));
        Assert.That(Pan.Tokens.IssuedCount, Is.EqualTo(1));
    }

    [Test]
    public async Task Faults_that_a_request_may_take_come_in_the_order_of_the_queue()
    {
        Pan.Faults.Enqueue(SlowDown, path: Pan123Emulator.AccessTokenPath);
        Pan.Faults.Enqueue(Exceeded);
        Pan.Faults.Enqueue(SlowDown, path: Pan123Emulator.DeleteFilesPath);

        await DeleteAsync(1);
        await DeleteAsync(1);

        Assert.That(Pan.Requests.Select(request => request.Fault), Is.EqualTo([Exceeded, SlowDown]));
        Assert.That(Pan.Faults.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_query_is_no_part_of_a_path()
    {
        Pan.Faults.Enqueue(SlowDown, path: Pan123Emulator.DeleteFilesPath);
        var request = DeleteRequest(Body(1));
        request.RequestUri = new Uri($"{DeletePath}?a=b", UriKind.Relative);

        var reply = await SendAsync(request);

        Assert.That(reply.Code, Is.EqualTo(429));
    }

    [Test]
    public async Task A_token_that_was_issued_stays_so_when_a_fault_after_the_work_hides_it()
    {
        Pan.Faults.Enqueue(SlowDown);
        Pan.Faults.Enqueue(SlowDown.AfterProcessing());

        await SendAsync(TokenRequest(Credentials()));
        var afterFirst = Pan.Tokens.IssuedCount;
        var second = await SendAsync(TokenRequest(Credentials()));

        Assert.That(afterFirst, Is.Zero);
        Assert.That(Pan.Tokens.Active, Has.Count.EqualTo(1));
        Assert.That(second.Body, Does.Not.Contain(Pan.Tokens.Active[0]));
    }

    [Test]
    public async Task A_share_of_the_requests_is_struck_and_the_seed_decides_which()
    {
        var first = await StruckAsync(share: 0.25, seed: 7);
        var again = await StruckAsync(share: 0.25, seed: 7);
        var other = await StruckAsync(share: 0.25, seed: 8);

        Assert.That(first.Count(fault => fault is not null), Is.InRange(30, 70), "of 200 requests");
        Assert.That(first, Has.Member(SlowDown).And.Member(Exceeded));
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [TestCase(0, 0)]
    [TestCase(1, 200)]
    public async Task A_share_of_none_or_all_is_exact(double share, int expected)
    {
        var struck = await StruckAsync(share, seed: 1);

        Assert.That(struck.Count(fault => fault is not null), Is.EqualTo(expected));
    }

    [Test]
    public async Task Shares_of_several_paths_stand_side_by_side()
    {
        Pan.Faults.AddWithProbability(1, seed: 1, [SlowDown], Pan123Emulator.AccessTokenPath);
        Pan.Faults.AddWithProbability(1, seed: 1, [Exceeded], Pan123Emulator.DeleteFilesPath);

        await SendAsync(TokenRequest(Credentials()));
        await DeleteAsync(1);
        await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri("/elsewhere", UriKind.Relative)));

        Assert.That(Pan.Requests.Select(request => request.Fault), Is.EqualTo([SlowDown, Exceeded, null]));
    }

    [Test]
    public async Task A_queued_fault_goes_before_a_share_and_clearing_ends_both()
    {
        Pan.Faults.AddWithProbability(1, seed: 1, [SlowDown]);
        Pan.Faults.Enqueue(Exceeded);

        await DeleteAsync(1);
        await DeleteAsync(1);
        Pan.Faults.Clear();
        await DeleteAsync(1);

        Assert.That(Pan.Requests.Select(request => request.Fault), Is.EqualTo([Exceeded, SlowDown, null]));
    }

    [Test]
    public void What_could_never_strike_is_refused()
    {
        Assert.That(() => Pan.Faults.Enqueue(SlowDown, path: "api/v1/file/delete"), Throws.ArgumentException);
        Assert.That(() => Pan.Faults.AddWithProbability(0.1, 1, [SlowDown], ""), Throws.ArgumentException);
        Assert.That(() => Pan.Faults.AddWithProbability(0.1, 1, []), Throws.ArgumentException);
        Assert.That(() => Pan.Faults.AddWithProbability(0.1, 1, [null!]), Throws.ArgumentException);
    }

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void A_share_is_between_0_and_1(double share)
    {
        Assert.That(() => Pan.Faults.AddWithProbability(share, 1, [SlowDown]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private async Task<Fault?[]> StruckAsync(double share, int seed)
    {
        const int Count = 200;

        Pan.Faults.Clear();
        Pan.Faults.AddWithProbability(share, seed, [SlowDown, Exceeded]);
        for (var i = 0; i < Count; i++)
        {
            await DeleteAsync(1);
        }

        return [.. Pan.Requests.TakeLast(Count).Select(request => request.Fault)];
    }
}
