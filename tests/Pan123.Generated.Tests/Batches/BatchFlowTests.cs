using System.Threading.Channels;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>When IDs are read, batches sent and results yielded.</summary>
public sealed class BatchFlowTests() : BatchTests(FirstIds(1000))
{
    [Test]
    public async Task Nothing_is_read_before_it_is_enumerated()
    {
        var input = new CountedInput(FirstIds(100));

        await using (new FakeClient().DeleteFilesInBatchesAsync(input.Plain()).GetAsyncEnumerator())
        {
            Assert.That(input.Read, Is.Zero);
        }
    }

    [Test]
    public async Task No_more_is_read_than_the_batches_in_flight([Values(1, 4)] int concurrency, [Values] bool isAsynchronous)
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders(), times: concurrency);
        var input = new CountedInput(FirstIds(1000));
        var options = new DeleteBatchOptions { Concurrency = concurrency };
        using var client = CreateClient();
        using var cancellation = new CancellationTokenSource();

        var run = DrainAsync(isAsynchronous
            ? client.DeleteFilesInBatchesAsync(input.Asynchronous(), options, cancellation.Token)
            : client.DeleteFilesInBatchesAsync(input.Plain(), options, cancellation.Token));
        await Emulator.WaitForRequestAsync(concurrency);
        await cancellation.CancelAsync();
        var (results, _) = await run;

        Assert.Multiple(() =>
        {
            Assert.That(input.Read, Is.EqualTo(100 * concurrency));
            Assert.That(results.Select(result => result.Outcome), Is.EqualTo(Enumerable.Repeat(DeleteOutcome.Unknown, concurrency)));
        });
    }

    [Test]
    public async Task A_consumer_that_stops_asking_stops_the_reading_and_the_sending()
    {
        var input = new CountedInput(FirstIds(1000));
        var client = new ControllableClient();
        await using var run = client.DeleteFilesInBatchesAsync(input.Plain(), new DeleteBatchOptions { Concurrency = 3 }).GetAsyncEnumerator();

        var first = run.MoveNextAsync();
        await client.SucceedAsync(2);
        await first;
        await client.SucceedAsync(1);
        await client.SucceedAsync(3);

        Assert.That((client.Calls, input.Read, Describe(run.Current)), Is.EqualTo((3, 300, "Deleted 101 to 200")));
    }

    [Test]
    public async Task A_result_that_waits_for_the_consumer_keeps_its_place_among_those_in_flight()
    {
        var client = new ControllableClient();
        await using var run = client.DeleteFilesInBatchesAsync(FirstIds(1000), new DeleteBatchOptions { Concurrency = 2 }).GetAsyncEnumerator();

        var first = run.MoveNextAsync();
        await client.SucceedAsync(1);
        await first;
        await client.SucceedAsync(2);
        await run.MoveNextAsync();
        var callsBeforeTheThird = client.Calls;
        var third = run.MoveNextAsync();

        Assert.That((callsBeforeTheThird, client.Calls), Is.EqualTo((2, 4)));
        await client.SucceedAsync(3);
        Assert.That(await third, Is.True);
    }

    [Test]
    public async Task A_batch_is_yielded_although_the_next_one_is_not_read_yet()
    {
        var input = Channel.CreateUnbounded<long>();
        Write(input, FirstIds(150));
        using var client = CreateClient();
        await using var run = client.DeleteFilesInBatchesAsync(input.Reader.ReadAllAsync()).GetAsyncEnumerator();

        await run.MoveNextAsync();
        var first = Describe(run.Current);
        input.Writer.Complete();
        await run.MoveNextAsync();

        Assert.That((first, Describe(run.Current)), Is.EqualTo(("Deleted 1 to 100", "Deleted 101 to 150")));
    }

    [Test]
    public async Task A_batch_is_sent_as_soon_as_it_is_full()
    {
        var input = Channel.CreateUnbounded<long>();
        Write(input, FirstIds(99));
        var client = new ControllableClient();
        await using var run = client.DeleteFilesInBatchesAsync(input.Reader.ReadAllAsync()).GetAsyncEnumerator();

        var first = run.MoveNextAsync();
        var callsOfNinetyNine = client.Calls;
        Write(input, [100]);
        await client.BegunAsync(1);
        await client.SucceedAsync(1);

        Assert.That((callsOfNinetyNine, await first), Is.EqualTo((0, true)));
    }

    [Test]
    public async Task A_result_is_yielded_before_more_is_read_of_an_input_that_is_always_ready()
    {
        var input = new CountedInput(FirstIds(1000));
        await using var run = new FakeClient().DeleteFilesInBatchesAsync(input.Plain()).GetAsyncEnumerator();

        await run.MoveNextAsync();

        Assert.That(input.Read, Is.EqualTo(100));
    }

    [Test]
    public async Task So_many_batches_are_under_way_as_the_options_say([Values(1, 2, 5)] int concurrency)
    {
        var client = new ControllableClient();
        await using var run = client.DeleteFilesInBatchesAsync(FirstIds(1000), new DeleteBatchOptions { Concurrency = concurrency }).GetAsyncEnumerator();

        var first = run.MoveNextAsync();

        Assert.That(client.Calls, Is.EqualTo(concurrency));
        await client.SucceedAsync(1);
        Assert.That(await first, Is.True);
    }

    [Test]
    public async Task Eight_batches_are_in_flight_by_default()
    {
        var client = new ControllableClient();
        await using var run = client.DeleteFilesInBatchesAsync(FirstIds(1000)).GetAsyncEnumerator();

        var first = run.MoveNextAsync();

        Assert.That(client.Calls, Is.EqualTo(8));
        await client.SucceedAsync(1);
        Assert.That(await first, Is.True);
    }

    private static void Write(Channel<long> channel, IEnumerable<long> ids) => Assert.That(ids.All(channel.Writer.TryWrite), Is.True);
}
