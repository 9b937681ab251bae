using System.Net;
using System.Threading.Channels;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Stopping at the first failure.</summary>
public sealed class BatchStopTests() : BatchTests(FirstIds(1000))
{
    private static readonly Pan123ApiException Stale = new(HttpStatusCode.OK, Pan123ErrorCode.FileNotFound, "file not found", "trace");

    [Test]
    public async Task After_the_first_failure_nothing_is_read_or_sent()
    {
        var input = new CountedInput([5001, .. FirstIds(1000)]);
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync(
            input.Plain(), new DeleteBatchOptions { StopOnFirstFailure = true, Concurrency = 1 }).ToListAsync();

        Assert.That((results.Select(Describe), input.Read, Emulator.Requests.Count), Is.EqualTo((new[] { "Rejected 5001 to 99" }, 100, 1)));
    }

    [Test]
    public async Task What_is_in_flight_at_the_first_failure_ends_and_is_yielded()
    {
        var client = new ControllableClient();
        await using var run = client.DeleteFilesInBatchesAsync(
            FirstIds(1000), new DeleteBatchOptions { StopOnFirstFailure = true, Concurrency = 3 }).GetAsyncEnumerator();

        // Each result is taken before the next call ends, so that their order is the calls'.
        List<string> results = [];
        foreach (var end in new Func<Task>[] { () => client.FailAsync(2, Stale), () => client.SucceedAsync(3), () => client.SucceedAsync(1) })
        {
            var next = run.MoveNextAsync();
            await end();
            Assert.That(await next, Is.True);
            results.Add(Describe(run.Current));
        }

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(results, Is.EqualTo(["Rejected 101 to 200", "Deleted 201 to 300", "Deleted 1 to 100"]));
            Assert.That(client.Calls, Is.EqualTo(3));
            Assert.That(await run.MoveNextAsync(), Is.False);
        });
    }

    [Test]
    public async Task What_was_read_and_not_sent_is_yielded_with_the_failure_that_stopped_it()
    {
        var input = Channel.CreateUnbounded<long>();
        Assert.That(FirstIds(130).All(input.Writer.TryWrite), Is.True);
        var client = new ControllableClient();
        var run = DrainAsync(client.DeleteFilesInBatchesAsync(input.Reader.ReadAllAsync(), new DeleteBatchOptions { StopOnFirstFailure = true }));

        await client.BegunAsync(1);
        await client.FailAsync(1, Stale);
        var (results, thrown) = await run;

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(Describe), Is.EqualTo(["Rejected 1 to 100", "NotSent 101 to 130"]));
            Assert.That(results[1].Error, Is.TypeOf<Pan123NotSentException>().With.InnerException.SameAs(Stale));
            Assert.That(thrown, Is.Null);
        });
    }

    [Test]
    public async Task An_ID_that_is_none_is_a_failure()
    {
        var input = new CountedInput([1, 2, 0, 3]);
        var client = new FakeClient();

        var results = await client.DeleteFilesInBatchesAsync(input.Plain(), new DeleteBatchOptions { StopOnFirstFailure = true }).ToListAsync();

        Assert.That((results.Select(Describe), input.Read, client.Calls), Is.EqualTo((new[] { "NotSent 0", "NotSent 1 to 2" }, 3, Array.Empty<long[]>())));
    }

    [Test]
    public async Task An_outcome_that_is_unknown_is_a_failure()
    {
        Emulator.Faults.Enqueue(Fault.EmptyBody());
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync(FirstIds(200), new DeleteBatchOptions { StopOnFirstFailure = true, Concurrency = 1 }).ToListAsync();

        Assert.That(results.Select(Describe), Is.EqualTo(["Unknown 1 to 100"]));
    }

    [Test]
    public async Task A_failure_stops_nothing_by_default()
    {
        var client = new FakeClient(() => throw Stale, () => FakeClient.Success);

        var results = await client.DeleteFilesInBatchesAsync([0, .. FirstIds(200)], new DeleteBatchOptions { Concurrency = 1 }).ToListAsync();

        Assert.That(results.Select(Describe), Is.EqualTo(["NotSent 0", "Rejected 1 to 100", "Deleted 101 to 200"]));
    }

    [Test]
    public async Task A_batch_that_is_split_has_not_failed_but_the_ID_that_stands_alone_has()
    {
        using var client = CreateClient();

        var results = await client.DeleteFilesInBatchesAsync(
            [1, 2, 5001, 3, 4, 5, 6, 7], new DeleteBatchOptions { StopOnFirstFailure = true, IsolateRejected = true, Concurrency = 1 }).ToListAsync();

        // 8 rejected, 4 rejected, 2 deleted, 2 rejected, 1 rejected: there it stops, and the last verdict on the others stands.
        Assert.Multiple(() =>
        {
            Assert.That(results.Select(Describe), Is.EqualTo(["Deleted 1 to 2", "Rejected 5001", "Rejected 3", "Rejected 4 to 7"]));
            Assert.That(Requests.Select(ids => ids.Length), Is.EqualTo([8, 4, 2, 2, 1]));
            Assert.That(results.Skip(1).Select(result => result.Error), Is.Unique);
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EqualTo([1, 2]));
        });
    }

    [Test]
    public async Task A_batch_that_is_rejected_after_the_stop_is_not_split()
    {
        var client = new ControllableClient();
        var run = DrainAsync(client.DeleteFilesInBatchesAsync(
            FirstIds(200), new DeleteBatchOptions { StopOnFirstFailure = true, IsolateRejected = true, Concurrency = 2 }));

        await client.FailAsync(1, new Pan123OutcomeUnknownException(FirstIds(100), "It was sent."));
        await client.FailAsync(2, Stale);
        var (results, _) = await run;

        Assert.That((results.Select(Describe), client.Calls), Is.EqualTo((new[] { "Unknown 1 to 100", "Rejected 101 to 200" }, 2)));
    }

    [Test]
    public async Task A_read_that_is_pending_at_the_stop_is_cancelled_and_what_it_still_brings_is_yielded()
    {
        var client = new ControllableClient();
        var next = new TaskCompletionSource<long>();
        var isCancelled = false;
        async IAsyncEnumerable<long> Input([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            foreach (var id in FirstIds(101))
            {
                yield return id;
            }

            using var registration = token.Register(() =>
            {
                isCancelled = true;
                next.SetResult(102);
            });
            yield return await next.Task;
            yield return 103;
        }

        var run = DrainAsync(client.DeleteFilesInBatchesAsync(Input(), new DeleteBatchOptions { StopOnFirstFailure = true }));
        await client.FailAsync(1, Stale);
        var (results, thrown) = await run;

        Assert.That((results.Select(Describe), isCancelled, thrown), Is.EqualTo((new[] { "Rejected 1 to 100", "NotSent 101", "NotSent 102" }, true, (Exception?)null)));
    }

    [Test]
    public async Task An_input_that_throws_when_the_stop_cancels_it_loses_no_result()
    {
        var client = new ControllableClient();
        async IAsyncEnumerable<long> Input([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            foreach (var id in FirstIds(100))
            {
                yield return id;
            }

            var never = new TaskCompletionSource<long>();
            using var registration = token.Register(() =>
            {
                never.SetCanceled(token);
                throw new InvalidOperationException("hostile");
            });
            yield return await never.Task;
        }

        var run = DrainAsync(client.DeleteFilesInBatchesAsync(Input(), new DeleteBatchOptions { StopOnFirstFailure = true }));
        await client.FailAsync(1, Stale);
        var (results, thrown) = await run;

        Assert.That(results.Select(Describe), Is.EqualTo(["Rejected 1 to 100"]));
        Assert.That(thrown, Is.TypeOf<AggregateException>().With.InnerException.Message.EqualTo("hostile"));
    }
}
