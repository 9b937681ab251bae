using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Cancelling a run, and turning away from it.</summary>
public sealed class BatchCancelTests() : BatchTests(FirstIds(1000))
{
    [Test]
    public async Task A_cancelled_run_yields_what_is_known_and_then_throws([Values("parameter", "enumerator", "both")] string where)
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders().AfterProcessing(), times: 2);
        var input = Channel.CreateUnbounded<long>();
        Assert.That(FirstIds(250).All(input.Writer.TryWrite), Is.True);
        using var client = CreateClient();
        using var cancellation = new CancellationTokenSource();
        using var other = new CancellationTokenSource();

        var run = where switch
        {
            "parameter" => DrainAsync(client.DeleteFilesInBatchesAsync(input.Reader.ReadAllAsync(), null, cancellation.Token)),
            "enumerator" => DrainAsync(client.DeleteFilesInBatchesAsync(input.Reader.ReadAllAsync()), cancellation.Token),
            _ => DrainAsync(client.DeleteFilesInBatchesAsync(input.Reader.ReadAllAsync(), null, other.Token), cancellation.Token),
        };
        await Emulator.WaitForRequestAsync(2);
        await cancellation.CancelAsync();
        var (results, thrown) = await run;

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(Describe), Is.EquivalentTo(["Unknown 1 to 100", "Unknown 101 to 200", "NotSent 201 to 250"]));
            Assert.That(results.Where(result => result.Outcome == DeleteOutcome.Unknown).Select(result => result.Error), Is.All.TypeOf<Pan123OutcomeUnknownException>());
            Assert.That(results.Single(result => result.Outcome == DeleteOutcome.NotSent).Error, Is.TypeOf<Pan123NotSentException>().With.InnerException.Null);
            Assert.That(thrown, Is.InstanceOf<OperationCanceledException>().With.Property("InnerException").Null);
            Assert.That(((OperationCanceledException)thrown!).CancellationToken == cancellation.Token, Is.EqualTo(where != "both"));
            Assert.That(Emulator.Drive.DeletedFileIds, Is.EquivalentTo(FirstIds(200)));
        });
    }

    [Test]
    public async Task A_run_that_is_cancelled_beforehand_reads_and_sends_nothing()
    {
        var input = new CountedInput(FirstIds(100));
        var client = new FakeClient();

        var (results, thrown) = await DrainAsync(client.DeleteFilesInBatchesAsync(input.Plain(), null, new CancellationToken(canceled: true)));

        Assert.That((results.Count, input.Read, client.Calls.Count), Is.EqualTo((0, 0, 0)));
        Assert.That(thrown, Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_consumer_that_cancels_between_two_results_gets_no_further_batch_begun()
    {
        var client = new ControllableClient();
        using var cancellation = new CancellationTokenSource();
        await using var run = client.DeleteFilesInBatchesAsync(FirstIds(1000), new DeleteBatchOptions { Concurrency = 2 }, cancellation.Token).GetAsyncEnumerator();

        var first = run.MoveNextAsync();
        await client.SucceedAsync(1);
        await first;
        await cancellation.CancelAsync();
        await run.MoveNextAsync();

        Assert.That((client.Calls, Describe(run.Current)), Is.EqualTo((2, "Unknown 101 to 200")));
        Assert.That(async () => await run.MoveNextAsync(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_call_that_succeeds_in_spite_of_the_cancellation_is_deleted()
    {
        var client = new ControllableClient(heedsCancellation: false);
        using var cancellation = new CancellationTokenSource();
        var run = DrainAsync(client.DeleteFilesInBatchesAsync(FirstIds(100), null, cancellation.Token));

        await cancellation.CancelAsync();
        await client.SucceedAsync(1);
        var (results, thrown) = await run;

        Assert.That(results.Select(Describe), Is.EqualTo(["Deleted 1 to 100"]));
        Assert.That(thrown, Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task An_input_that_fails_because_it_is_cancelled_is_the_inner_exception()
    {
        using var cancellation = new CancellationTokenSource();
        async IAsyncEnumerable<long> Input([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            yield return 1;
            var next = new TaskCompletionSource<long>();
            using var registration = token.Register(() => next.SetException(new IOException("operation cancelled by user")));
            yield return await next.Task;
        }

        var run = DrainAsync(new FakeClient().DeleteFilesInBatchesAsync(Input(), null, cancellation.Token));
        await cancellation.CancelAsync();
        var (results, thrown) = await run;

        Assert.That(results.Select(Describe), Is.EqualTo(["NotSent 1"]));
        Assert.That(thrown, Is.InstanceOf<OperationCanceledException>().With.InnerException.TypeOf<IOException>());
    }

    [Test]
    public async Task Breaking_out_of_the_loop_over_HTTP_leaves_no_request_behind()
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders(), times: 2);
        var underWay = 0;
        using var client = CreateClient(builder => builder.AddHttpMessageHandler(() => new CountingHandler(count => Interlocked.Add(ref underWay, count))));
        var input = Channel.CreateUnbounded<long>();
        Assert.That(FirstIds(200).All(input.Writer.TryWrite), Is.True);

        await using (var run = client.DeleteFilesInBatchesAsync(input.Reader.ReadAllAsync()).GetAsyncEnumerator())
        {
            var first = run.MoveNextAsync();
            await Emulator.WaitForRequestAsync(2);
            await input.Writer.WriteAsync(0);
            await first;
            Assert.That(underWay, Is.EqualTo(2));
        }

        Assert.That(underWay, Is.Zero);
    }

    [Test]
    public async Task Breaking_out_waits_until_calls_have_ended_which_are_slow_to_be_cancelled()
    {
        var input = new CountedInput(FirstIds(1000));
        var client = new ControllableClient(heedsCancellation: false);
        var run = client.DeleteFilesInBatchesAsync(input.Plain(), new DeleteBatchOptions { Concurrency = 3 }).GetAsyncEnumerator();
        var first = run.MoveNextAsync();
        await client.SucceedAsync(1);
        await first;

        var breaking = run.DisposeAsync().AsTask();
        await client.SucceedAsync(2);
        var isOverBeforeTheLast = breaking.IsCompleted;
        await client.FailAsync(3, new InvalidOperationException("whatever"));
        await breaking;

        Assert.That((isOverBeforeTheLast, client.Running, input.IsDisposed, input.Read), Is.EqualTo((false, 0, true, 300)));
    }

    [Test]
    public async Task Breaking_out_cancels_what_is_in_flight_and_the_read_that_is_pending()
    {
        var input = Channel.CreateUnbounded<long>();
        Assert.That(FirstIds(250).All(input.Writer.TryWrite), Is.True);
        var client = new ControllableClient();
        var run = client.DeleteFilesInBatchesAsync(input.Reader.ReadAllAsync()).GetAsyncEnumerator();
        var first = run.MoveNextAsync();
        await client.SucceedAsync(1);
        await first;

        await run.DisposeAsync();

        Assert.That((client.Calls, client.Running), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task What_a_pending_read_throws_after_the_consumer_broke_out_is_neither_thrown_nor_left_unobserved()
    {
        var unobserved = 0;
        void Notice(object? sender, UnobservedTaskExceptionEventArgs arguments) =>
            unobserved += arguments.Exception.Flatten().InnerExceptions.OfType<AbandonedException>().Count();
        TaskScheduler.UnobservedTaskException += Notice;
        try
        {
            await Task.Run(BreakOutAsync);

            // On a new stack, or what ran on this one is still alive.
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Notice;
        }

        Assert.That(unobserved, Is.Zero);

        static async Task BreakOutAsync()
        {
            var client = new ControllableClient();
            await using var run = client.DeleteFilesInBatchesAsync(Input()).GetAsyncEnumerator();
            var first = run.MoveNextAsync();
            await client.SucceedAsync(1);
            await first;
        }

        static async IAsyncEnumerable<long> Input([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            foreach (var id in FirstIds(100))
            {
                yield return id;
            }

            var next = new TaskCompletionSource<long>();
            using var registration = token.Register(() => next.SetException(new AbandonedException()));
            yield return await next.Task;
        }
    }

    private sealed class AbandonedException : Exception;

    private sealed class CountingHandler(Action<int> count) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            count(1);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                count(-1);
            }
        }
    }
}
