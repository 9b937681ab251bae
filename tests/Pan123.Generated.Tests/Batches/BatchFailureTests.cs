using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Pan123.Tests;

/// <summary>Inputs, calls and reports that throw: no ID is lost, and no exception swallowed.</summary>
public sealed class BatchFailureTests() : BatchTests(FirstIds(1000))
{
    // Of each test its own: a stack trace belongs to whoever threw last.
    private readonly IOException _broken = new("the list of files broke off");

    public static IEnumerable<TestCaseData<Func<DeleteFilesResponse>, DeleteOutcome, Type>> Failures =>
    [
        new(() => throw new Pan123ApiException(HttpStatusCode.OK, Pan123ErrorCode.FileNotFound, "no", "trace"), DeleteOutcome.Rejected, typeof(Pan123ApiException)),
        new(() => throw new Pan123OutcomeUnknownException([1], "Lost."), DeleteOutcome.Unknown, typeof(Pan123OutcomeUnknownException)),
        new(() => throw new Pan123NotSentException("nobody there", null), DeleteOutcome.NotSent, typeof(Pan123NotSentException)),
        new(() => throw new OperationCanceledException("", new Pan123ApiException(HttpStatusCode.OK, Pan123ErrorCode.TooManyRequests, "no", "trace")), DeleteOutcome.Rejected, typeof(Pan123ApiException)),
        new(() => throw new OperationCanceledException("", new Pan123OutcomeUnknownException([1], "Lost.")), DeleteOutcome.Unknown, typeof(Pan123OutcomeUnknownException)),
        new(() => throw new OperationCanceledException("", new Pan123NotSentException("no turn", null)), DeleteOutcome.NotSent, typeof(Pan123NotSentException)),
        new(() => throw new OperationCanceledException(), DeleteOutcome.Unknown, typeof(OperationCanceledException)),
        new(() => throw new OperationCanceledException("", new IOException()), DeleteOutcome.Unknown, typeof(OperationCanceledException)),
        new(() => throw new NotSupportedException(), DeleteOutcome.Unknown, typeof(NotSupportedException)),
        new(() => null!, DeleteOutcome.Unknown, typeof(NullReferenceException)),
    ];

    [TestCaseSource(nameof(Failures))]
    public async Task Whatever_a_call_throws_is_the_error_of_its_result(Func<DeleteFilesResponse> failure, DeleteOutcome outcome, Type error)
    {
        var client = new FakeClient(failure, () => FakeClient.Success);

        var results = await client.DeleteFilesInBatchesAsync(FirstIds(101), new DeleteBatchOptions { Concurrency = 1 }).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(Describe), Is.EqualTo([$"{outcome} 1 to 100", "Deleted 101"]));
            Assert.That(results[0].Error, Is.TypeOf(error));
            Assert.That(results[0].TraceId, Is.EqualTo(outcome == DeleteOutcome.Rejected ? "trace" : null));
        });
    }

    [Test]
    public async Task A_stand_in_that_throws_before_there_is_a_task_is_a_result_too()
    {
        var client = new FakeClient((_, _) => throw new NotSupportedException("not even a task"));

        var result = await client.DeleteFilesInBatchesAsync([1]).SingleAsync();

        Assert.That((result.Outcome, result.Error?.Message), Is.EqualTo((DeleteOutcome.Unknown, "not even a task")));
    }

    [Test]
    public async Task A_handler_of_the_application_that_throws_leaves_the_outcome_what_it_is([Values] bool afterAnswer)
    {
        using var client = CreateClient(builder => builder.AddHttpMessageHandler(() => new HostileHandler(afterAnswer)));

        var results = await client.DeleteFilesInBatchesAsync(FirstIds(150)).ToListAsync();

        Assert.Multiple(() =>
        {
            var outcome = afterAnswer ? DeleteOutcome.Deleted : DeleteOutcome.NotSent;
            Assert.That(results.Select(Describe), Is.EquivalentTo([$"{outcome} 1 to 100", $"{outcome} 101 to 150"]));
            Assert.That(results.Select(result => result.Error?.ToString() ?? "hostile"), Is.All.Contains("hostile"));
            Assert.That(Emulator.Drive.DeletedFileIds, Has.Count.EqualTo(afterAnswer ? 150 : 0));
        });
    }

    [TestCase("plain")]
    [TestCase("asynchronous")]
    public async Task An_input_that_throws_ends_the_run_when_all_it_gave_has_its_outcome(string kind)
    {
        IEnumerable<long> Plain()
        {
            foreach (var id in FirstIds(150))
            {
                yield return id;
            }

            throw _broken;
        }

        using var client = CreateClient();

        var (results, thrown) = await DrainAsync(kind == "plain"
            ? client.DeleteFilesInBatchesAsync(Plain())
            : client.DeleteFilesInBatchesAsync(Asynchronously(Plain())));

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(Describe), Is.EquivalentTo(["Deleted 1 to 100", "NotSent 101 to 150"]));
            Assert.That(results.Single(result => result.Error is not null).Error, Is.TypeOf<Pan123NotSentException>().With.InnerException.SameAs(_broken));
            Assert.That(thrown, Is.SameAs(_broken));
            Assert.That(thrown!.StackTrace, Does.Contain("Plain"));
        });
    }

    [Test]
    public async Task An_input_may_throw_at_any_of_its_members([Values("GetAsyncEnumerator", "MoveNextAsync", "Current")] string member)
    {
        var (results, thrown) = await DrainAsync(new FakeClient().DeleteFilesInBatchesAsync(new HostileInput(member, _broken)));

        Assert.That((results.Count, thrown), Is.EqualTo((0, _broken)));
    }

    [Test]
    public async Task An_input_that_cancels_itself_has_thrown()
    {
        var itself = new OperationCanceledException("a timeout of its own");

        var (results, thrown) = await DrainAsync(new FakeClient().DeleteFilesInBatchesAsync(Asynchronously(Throwing())));

        Assert.That((results.Select(Describe), thrown), Is.EqualTo((new[] { "NotSent 1" }, itself)));

        IEnumerable<long> Throwing()
        {
            yield return 1;
            throw itself;
        }
    }

    [Test]
    public async Task An_input_that_throws_after_the_run_stopped_is_heard()
    {
        async IAsyncEnumerable<long> Input([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            foreach (var id in FirstIds(100))
            {
                yield return id;
            }

            var next = new TaskCompletionSource<long>();
            using var registration = token.Register(() => next.SetException(_broken));
            yield return await next.Task;
        }

        var client = new ControllableClient();
        var run = DrainAsync(client.DeleteFilesInBatchesAsync(Input(), new DeleteBatchOptions { StopOnFirstFailure = true }));
        await client.FailAsync(1, new Pan123NotSentException("nobody there", null));
        var (results, thrown) = await run;

        Assert.That((results.Select(Describe), thrown), Is.EqualTo((new[] { "NotSent 1 to 100" }, _broken)));
    }

    [Test]
    public void Arguments_are_checked_at_once()
    {
        var client = new FakeClient();

        Assert.Multiple(() =>
        {
            Assert.That(() => client.DeleteFilesInBatchesAsync((IAsyncEnumerable<long>)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("fileIds"));
            Assert.That(() => client.DeleteFilesInBatchesAsync((IEnumerable<long>)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("fileIds"));
            Assert.That(
                () => new DeleteBatchOptions { Concurrency = 0 },
                Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(nameof(DeleteBatchOptions.Concurrency)).And.Property("ActualValue").EqualTo(0));
        });
    }

    [Test]
    public async Task Options_that_are_changed_after_the_call_have_no_effect()
    {
        var options = new DeleteBatchOptions { Concurrency = 1 };
        var client = new FakeClient(() => throw new Pan123ApiException(HttpStatusCode.OK, Pan123ErrorCode.FileNotFound, "no", "trace"), () => FakeClient.Success);

        var run = client.DeleteFilesInBatchesAsync(FirstIds(200), options);
        (options.StopOnFirstFailure, options.IsolateRejected) = (true, true);

        Assert.That((await run.ToListAsync()).Select(Describe), Is.EqualTo(["Rejected 1 to 100", "Deleted 101 to 200"]));
    }

    [Test]
    public void A_result_has_an_error_exactly_where_its_files_are_not_deleted([Values] DeleteOutcome outcome, [Values] bool hasError)
    {
        DeleteBatchResult Create() => new([1], outcome, null, hasError ? _broken : null);

        Assert.That(Create, outcome == DeleteOutcome.Deleted == hasError ? Throws.ArgumentException : Throws.Nothing);
    }

    private static async IAsyncEnumerable<long> Asynchronously(IEnumerable<long> ids)
    {
        foreach (var id in ids)
        {
            await Task.Yield();
            yield return id;
        }
    }

    private sealed class HostileHandler(bool afterAnswer) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (afterAnswer)
            {
                (await base.SendAsync(request, cancellationToken)).Dispose();
            }

            throw new InvalidOperationException("hostile");
        }
    }

    private sealed class HostileInput(string member, IOException broken) : IAsyncEnumerable<long>, IAsyncEnumerator<long>
    {
        public long Current => member == "Current" ? throw broken : 1;

        public IAsyncEnumerator<long> GetAsyncEnumerator(CancellationToken cancellationToken = default) => member == "GetAsyncEnumerator" ? throw broken : this;

        public ValueTask<bool> MoveNextAsync() => member == "MoveNextAsync" ? throw broken : new(true);

        public ValueTask DisposeAsync() => default;
    }
}
