using System.Net;
using System.Threading.Channels;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>A stale ID among good ones.</summary>
public sealed class BatchIsolationTests() : BatchTests(FirstIds(300))
{
    private static readonly DeleteBatchOptions Isolate = new() { IsolateRejected = true };

    [Test]
    public async Task One_stale_ID_among_a_hundred_costs_at_most_fourteen_more_requests_and_saves_no_other([Values(1, 37, 50, 51, 99, 100)] int position)
    {
        var ids = FirstIds(100);
        ids[position - 1] = 5001;
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync(ids, Isolate).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(results.Where(result => result.Outcome != DeleteOutcome.Deleted).Select(Describe), Is.EqualTo(["Rejected 5001"]));
            Assert.That(results.SelectMany(result => result.FileIds), Is.EquivalentTo(ids));
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EquivalentTo(ids.Where(id => id != 5001)));
            Assert.That(Emulator.Requests, Has.Count.AtMost(15));
        });
    }

    [TestCase(5001, 2)]
    [TestCase(1, 5001)]
    [TestCase(5001, 5002)]
    public async Task Of_two_IDs_each_is_judged_alone(long first, long second)
    {
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync([first, second], Isolate).ToListAsync();

        Assert.That(
            results.Select(result => (result.FileIds.Single(), result.Outcome)),
            Is.EquivalentTo(new[] { first, second }.Select(id => (id, id > 5000 ? DeleteOutcome.Rejected : DeleteOutcome.Deleted))));
        Assert.That(Emulator.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Several_stale_IDs_stand_alone_and_no_request_is_too_large([Values(1, 4)] int concurrency)
    {
        long[] stale = [5001, 5002, 5003, 5150, 5299];
        var ids = FirstIds(300).Select(id => stale.Contains(id + 5000) ? id + 5000 : id).ToArray();
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync(ids, new DeleteBatchOptions { IsolateRejected = true, Concurrency = concurrency }).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(results.Where(result => result.Outcome != DeleteOutcome.Deleted).Select(Describe), Is.EquivalentTo(stale.Select(id => $"Rejected {id}")));
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EquivalentTo(ids.Except(stale)));
            Assert.That(results.SelectMany(result => result.FileIds), Is.EquivalentTo(ids));
            Assert.That(Requests.Select(request => request.Length), Is.All.AtMost(100));
        });
    }

    [Test]
    public async Task All_stale_IDs_stand_alone_each_with_a_verdict_of_its_own()
    {
        var ids = FirstIds(100).Select(id => id + 5000).ToArray();
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync(ids, Isolate).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(Describe), Is.EquivalentTo(ids.Select(id => $"Rejected {id}")));
            Assert.That(results.Select(result => result.TraceId), Is.Unique);
            Assert.That(Emulator.Requests, Has.Count.EqualTo(199));
        });
    }

    [Test]
    public async Task A_rejected_batch_is_not_split_by_default()
    {
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync([1, 2, 5001]).ToListAsync();

        Assert.That((results.Select(Describe), Emulator.Requests.Count), Is.EqualTo((new[] { "Rejected 1 to 5001" }, 1)));
    }

    [TestCase(401)]
    [TestCase(403)]
    [TestCase(429)]
    [TestCase(400)]
    [TestCase(599)]
    public async Task A_rejection_that_says_nothing_about_the_IDs_is_not_split(int code)
    {
        var client = new FakeClient(() => throw new Pan123ApiException(HttpStatusCode.OK, (Pan123ErrorCode?)code, "no", "trace"));

        var result = await client.DeleteFilesInBatchesAsync([1, 2], Isolate).SingleAsync();

        Assert.That((Describe(result), result.TraceId), Is.EqualTo(("Rejected 1 to 2", "trace")));
    }

    [Test]
    public async Task A_429_over_HTTP_is_not_split([Values] bool isInBody)
    {
        Emulator.Faults.Enqueue(isInBody ? Fault.BodyCode(429, "too many requests") : Fault.HttpStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromHours(1)));
        using var client = CreateClient();

        var result = await client.DeleteFilesInBatchesAsync([1, 2], Isolate).SingleAsync();

        Assert.That((Describe(result), Emulator.Requests.Count), Is.EqualTo(isInBody ? ("Deleted 1 to 2", 2) : ("NotSent 1 to 2", 1)));
    }

    [TestCase(1)]
    [TestCase(5066)]
    [TestCase(399)]
    [TestCase(600)]
    [TestCase(-401)]
    public async Task A_rejection_that_may_be_about_the_IDs_is_split(int code)
    {
        var client = new FakeClient(() => throw new Pan123ApiException(HttpStatusCode.OK, (Pan123ErrorCode?)code, "no", "trace"), () => FakeClient.Success, () => FakeClient.Success);

        var results = await client.DeleteFilesInBatchesAsync([1, 2], Isolate).ToListAsync();

        Assert.That(results.Select(Describe), Is.EqualTo(["Deleted 1", "Deleted 2"]));
    }

    [Test]
    public async Task An_outcome_that_is_unknown_is_never_split()
    {
        Emulator.Faults.Enqueue(Fault.Html());
        using var client = CreateClient();

        var result = await client.DeleteFilesInBatchesAsync([1, 2], Isolate).SingleAsync();

        Assert.That((Describe(result), Emulator.Requests.Count), Is.EqualTo(("Unknown 1 to 2", 1)));
    }

    [Test]
    public async Task Halves_go_before_what_is_read_next()
    {
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync([5001, .. FirstIds(199)], new DeleteBatchOptions { IsolateRejected = true, Concurrency = 1 }).ToListAsync();

        Assert.That(Describe(results[^1]), Is.EqualTo("Deleted 100 to 199"));
        Assert.That(results.SkipLast(1).SelectMany(result => result.FileIds), Is.EqualTo([5001, .. FirstIds(99)]));
    }

    [Test]
    public async Task Halves_do_not_wait_for_an_input_that_is_slow()
    {
        var input = Channel.CreateUnbounded<long>();
        Assert.That(FirstIds(130).All(input.Writer.TryWrite), Is.True);
        var client = new ControllableClient();
        var run = DrainAsync(client.DeleteFilesInBatchesAsync(input.Reader.ReadAllAsync(), Isolate));

        await client.BegunAsync(1);
        await client.FailAsync(1, new Pan123ApiException(HttpStatusCode.OK, Pan123ErrorCode.FileNotFound, "file not found", "trace"));
        await client.BegunAsync(3);
        await client.SucceedAsync(2);
        await client.SucceedAsync(3);
        input.Writer.Complete();
        await client.BegunAsync(4);
        await client.SucceedAsync(4);

        Assert.That((await run).Results.Select(Describe), Is.EqualTo(["Deleted 1 to 50", "Deleted 51 to 100", "Deleted 101 to 130"]));
    }

    [Test]
    public async Task A_half_that_cannot_be_sent_keeps_the_verdict_on_the_whole()
    {
        var whole = new Pan123ApiException(HttpStatusCode.OK, Pan123ErrorCode.FileNotFound, "file not found", "trace of the whole");
        var client = new FakeClient(() => throw whole, () => throw new Pan123NotSentException("nobody there", null), () => FakeClient.Success);

        var results = await client.DeleteFilesInBatchesAsync([1, 2, 3, 4], Isolate).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(Describe), Is.EqualTo(["Rejected 1 to 2", "Deleted 3 to 4"]));
            Assert.That((results[0].Error, results[0].TraceId), Is.EqualTo((whole, "trace of the whole")));
        });
    }

    [TestCase(StaleIdBehavior.RejectRequest)]
    [TestCase(StaleIdBehavior.DeleteTheOthers)]
    [TestCase(StaleIdBehavior.DeleteTheOthersAndReject)]
    public async Task Every_good_ID_is_deleted_whatever_the_service_does_about_stale_ones(StaleIdBehavior answer)
    {
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { AssumedStaleIdBehavior = answer });
        emulator.Drive.AddToRecycleBin(FirstIds(99));
        using var client = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = emulator.BaseAddress, AccessToken = emulator.AccessToken, RequestsPerSecond = null });

        var results = await client.DeleteFilesInBatchesAsync([.. FirstIds(99), 5001], Isolate).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(emulator.Drive.DeletedFileIds, Is.EquivalentTo(FirstIds(99)));
            Assert.That(results.SelectMany(result => result.FileIds), Is.EquivalentTo([.. FirstIds(99), 5001]));
            Assert.That(
                results.Where(result => result.Outcome == DeleteOutcome.Rejected).Sum(result => result.FileIds.Count),
                Is.EqualTo(answer switch { StaleIdBehavior.RejectRequest => 1, StaleIdBehavior.DeleteTheOthers => 0, _ => 100 }));
        });
    }
}
