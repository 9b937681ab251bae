using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>How the input becomes requests.</summary>
public sealed class BatchSizeTests() : BatchTests(FirstIds(1000))
{
    [Test]
    public async Task Batches_are_as_large_as_they_may_be_and_every_file_is_sent_once(
        [Values(0, 1, 2, 99, 100, 101, 200, 250, 1000)] int count, [Values(1, 3, 4)] int concurrency, [Values] bool isAsynchronous)
    {
        var input = new CountedInput(FirstIds(count));
        var options = new DeleteBatchOptions { Concurrency = concurrency };
        using var client = CreateClient();

        var results = await (isAsynchronous
            ? client.DeleteFilesInBatchesAsync(input.Asynchronous(), options)
            : client.DeleteFilesInBatchesAsync(input.Plain(), options)).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Requests, Has.Count.EqualTo((count + 99) / 100));
            Assert.That(Requests.SelectMany(ids => ids), Is.EquivalentTo(FirstIds(count)));
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EquivalentTo(FirstIds(count)));
            Assert.That(results.SelectMany(result => result.FileIds), Is.EquivalentTo(FirstIds(count)));
            Assert.That(results.Count(result => result.FileIds.Count < 100), Is.EqualTo(count % 100 == 0 ? 0 : 1));
            Assert.That(input.IsDisposed, Is.True);
        });
    }

    [Test]
    public async Task A_batch_that_is_deleted_has_a_trace_ID_and_no_error()
    {
        using var client = CreateClient();

        var result = await client.DeleteFilesInBatchesAsync([1, 2, 3]).SingleAsync();

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(DeleteOutcome.Deleted));
            Assert.That(result.TraceId, Does.EndWith("emulator-1"));
            Assert.That((result.Error, result.Position), Is.EqualTo(((Exception?)null, (long?)null)));
        });
    }

    [Test]
    public async Task An_ID_that_occurs_again_batches_later_is_sent_and_reported_once()
    {
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync([.. FirstIds(250), .. FirstIds(250), 7, 7, 251]).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(Requests.Select(ids => ids.Length).Order(), Is.EqualTo([51, 100, 100]));
            Assert.That(results.SelectMany(result => result.FileIds), Is.EquivalentTo(FirstIds(251)));
            Assert.That(results.Select(result => result.Outcome), Is.All.EqualTo(DeleteOutcome.Deleted));
        });
    }

    [Test]
    public async Task An_ID_that_is_none_is_reported_with_its_position_and_stops_nothing()
    {
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync([.. FirstIds(150), -5, 151, -5, 0, long.MinValue, 152]).ToListAsync();

        var refused = results.Where(result => result.Position is not null).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(refused.Select(result => (result.FileIds.Single(), result.Position)), Is.EqualTo([(-5, 151), (0, 154), (long.MinValue, (long?)155)]));
            Assert.That(refused.Select(result => (result.Outcome, result.TraceId)), Is.All.EqualTo((DeleteOutcome.NotSent, (string?)null)));
            Assert.That(refused[0].Error, Is.TypeOf<ArgumentException>().With.Message.Contains("-5").And.Message.Contains("151"));
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EquivalentTo(FirstIds(152)));
            Assert.That(Requests, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task A_rejected_batch_is_a_result_with_the_services_answer_and_stops_nothing()
    {
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync([.. FirstIds(99), 5001, .. FirstIds(199).Skip(99)]).ToListAsync();

        var rejected = results.Single(result => result.Outcome != DeleteOutcome.Deleted);
        Assert.Multiple(() =>
        {
            Assert.That(Describe(rejected), Is.EqualTo("Rejected 1 to 5001"));
            Assert.That(rejected.Error, Is.TypeOf<Pan123ApiException>().With.Property("TraceId").EqualTo(rejected.TraceId));
            Assert.That(rejected.TraceId, Is.Not.Empty);
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EquivalentTo(FirstIds(199).Skip(99)));
        });
    }

    [Test]
    public async Task A_batch_without_verdict_is_a_result_and_stops_nothing()
    {
        Emulator.Faults.Enqueue(Fault.ConnectionReset().AfterProcessing());
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync(FirstIds(200), new DeleteBatchOptions { Concurrency = 1 }).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(Describe), Is.EqualTo(["Unknown 1 to 100", "Deleted 101 to 200"]));
            Assert.That(results[0].Error, Is.TypeOf<Pan123OutcomeUnknownException>());
            Assert.That(results[0].TraceId, Is.Null);
        });
    }

    [Test]
    public async Task Batches_that_reach_nobody_are_not_sent()
    {
        using var client = CreateClient();
        await Emulator.StopAsync();

        var results = await client.DeleteFilesInBatchesAsync(FirstIds(101)).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(results.Sum(result => result.FileIds.Count), Is.EqualTo(101));
            Assert.That(results.Select(result => result.Outcome), Is.All.EqualTo(DeleteOutcome.NotSent));
            Assert.That(results.Select(result => result.Error), Is.All.TypeOf<Pan123NotSentException>());
        });
    }

    [Test]
    public async Task Each_enumeration_is_a_run_of_its_own()
    {
        using var client = CreateClient();
        var run = client.DeleteFilesInBatchesAsync(FirstIds(3));

        var first = await run.SingleAsync();
        var second = await run.SingleAsync();

        Assert.That((first.Outcome, second.Outcome), Is.EqualTo((DeleteOutcome.Deleted, DeleteOutcome.Rejected)));
    }
}
