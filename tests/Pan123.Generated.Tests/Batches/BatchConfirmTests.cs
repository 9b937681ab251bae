using System.Diagnostics.CodeAnalysis;
using System.Net;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>Batches whose call has told nothing about their files, which are looked up then.</summary>
public sealed class BatchConfirmTests() : EmulatorFixture(1, 2, 3)
{
    private static readonly DeleteBatchOptions Confirming = new() { Confirm = true };

    [Test]
    public async Task Files_that_are_gone_are_deleted_and_said_to_be_confirmed()
    {
        Fail(Fault.ConnectionReset().AfterProcessing());

        var result = (await RunAsync([1, 2, 3])).Single();

        Assert.That((result.Outcome, result.IsConfirmed, result.Error, result.FileIds.Count, Paths()), Is.EqualTo((DeleteOutcome.Deleted, true, (Exception?)null, 3, "delete infos")));
    }

    [Test]
    public async Task Files_that_are_still_in_the_recycle_bin_are_sent_again()
    {
        Fail(Fault.ConnectionReset(), 2);

        var result = (await RunAsync([1, 2, 3])).Single();

        Assert.That((result.Outcome, result.IsConfirmed, result.TraceId is null, Paths()), Is.EqualTo((DeleteOutcome.Deleted, false, false, "delete infos delete infos delete")));
    }

    [Test]
    public async Task They_are_sent_again_3_times_and_then_unknown()
    {
        Fail(Fault.ConnectionReset(), 10);

        var result = (await RunAsync([1, 2, 3])).Single();

        Assert.That(
            (result.Outcome, result.Error is Pan123OutcomeUnknownException, Paths()),
            Is.EqualTo((DeleteOutcome.Unknown, true, "delete infos delete infos delete infos delete infos")));
    }

    [Test]
    public async Task Files_that_are_elsewhere_are_rejected()
    {
        Emulator.Drive.AddActive(2);
        Fail(Fault.ConnectionReset());

        var results = await RunAsync([1, 2, 3]);

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(result => (result.Outcome, result.IsConfirmed, string.Join(' ', result.FileIds))), Is.EqualTo(new[] { (DeleteOutcome.Rejected, true, "2"), (DeleteOutcome.Deleted, false, "1 3") }));
            Assert.That(results[0].Error, Is.InstanceOf<Pan123ApiException>().With.Message.StartsWith("The files were not deleted: a lookup found them outside the recycle bin"));
            Assert.That(Emulator.Drive.GetState(2), Is.EqualTo(FileState.Active));
        });
    }

    [Test]
    public async Task A_deletion_that_is_accepted_is_confirmed()
    {
        Fail(Fault.AssumedSpaceIsFreedLater());

        var result = (await RunAsync([1, 2, 3])).Single();

        Assert.That((result.Outcome, result.IsConfirmed), Is.EqualTo((DeleteOutcome.Deleted, true)));
    }

    [Test]
    public async Task Where_the_lookup_fails_too_the_outcome_stays_unknown()
    {
        Fail(Fault.ConnectionReset().AfterProcessing());
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "internal error"), path: Pan123Emulator.GetFilesPath);

        var result = (await RunAsync([1, 2, 3])).Single();

        Assert.That((result.Outcome, result.IsConfirmed, Paths()), Is.EqualTo((DeleteOutcome.Unknown, false, "delete infos")));
    }

    // The first attempt may have deleted them, so only the lookup says what the rejection of the second means.
    [Test]
    public async Task A_rejection_after_a_loss_is_looked_up_too([Values] bool isGone)
    {
        Fail(Fault.ConnectionReset());
        Fail(isGone ? Fault.BodyCode(5066, "file not found").AfterProcessing() : Fault.BodyCode(1, "internal error"));

        var result = (await RunAsync([1, 2, 3])).Single();

        Assert.That((result.Outcome, result.IsConfirmed, Paths()), Is.EqualTo((isGone ? DeleteOutcome.Deleted : DeleteOutcome.Rejected, isGone, "delete infos delete infos")));
    }

    [Test]
    public async Task A_rejection_after_a_loss_without_a_lookup_is_no_verdict([Values] bool isolates)
    {
        Fail(Fault.ConnectionReset());
        Fail(Fault.BodyCode(1, "internal error"));
        Emulator.Faults.Enqueue(Fault.Response(HttpStatusCode.OK, "application/json", """{"code":0,"message":"ok","data":{"list":[{"fileId":1,"filename":"","parentFileId":0,"type":0,"size":0,"etag":"","category":0,"status":0,"trashed":1},{"fileId":3,"filename":"","parentFileId":0,"type":0,"size":0,"etag":"","category":0,"status":0,"trashed":1}]}}"""), path: Pan123Emulator.GetFilesPath);
        Emulator.Faults.Enqueue(Fault.BodyCode(1, "internal error"), path: Pan123Emulator.GetFilesPath);

        var result = (await RunAsync([1, 3], new DeleteBatchOptions { Confirm = true, IsolateRejected = isolates })).Single();

        Assert.That((result.Outcome, Paths()), Is.EqualTo((DeleteOutcome.Unknown, "delete infos delete infos")));
    }

    [Test]
    public async Task Without_the_option_nothing_is_looked_up()
    {
        Fail(Fault.ConnectionReset().AfterProcessing());

        var result = (await RunAsync([1, 2, 3], new DeleteBatchOptions())).Single();

        Assert.That((result.Outcome, Paths()), Is.EqualTo((DeleteOutcome.Unknown, "delete")));
    }

    [Test]
    public async Task A_rejection_is_a_verdict_and_is_not_looked_up()
    {
        var result = (await RunAsync([4])).Single();

        Assert.That((result.Outcome, Paths()), Is.EqualTo((DeleteOutcome.Rejected, "delete")));
    }

    [Test]
    public async Task After_the_first_failure_nothing_is_sent_again()
    {
        Emulator.Drive.AddActive(2);
        Fail(Fault.ConnectionReset());

        var results = await RunAsync([1, 2, 3], new DeleteBatchOptions { Confirm = true, StopOnFirstFailure = true });

        Assert.Multiple(() =>
        {
            Assert.That(results.Select(result => (result.Outcome, string.Join(' ', result.FileIds))), Is.EqualTo(new[] { (DeleteOutcome.Rejected, "2"), (DeleteOutcome.Unknown, "1 3") }));
            Assert.That(Paths(), Is.EqualTo("delete infos"));
        });
    }

    [Test]
    public async Task A_single_call_is_confirmed_in_the_same_way()
    {
        Fail(Fault.ConnectionReset().AfterProcessing());
        using var client = CreateClient();

        var result = (await client.DeleteAndConfirmFilesAsync([1, 2, 3])).Single();

        Assert.Multiple(() =>
        {
            Assert.That((result.Outcome, result.IsConfirmed), Is.EqualTo((DeleteOutcome.Deleted, true)));
            Assert.That(() => client.DeleteAndConfirmFilesAsync([0]), Throws.ArgumentException);
        });
    }

    [Test]
    public async Task A_single_call_that_is_cancelled_says_what_is_known()
    {
        Emulator.Faults.Enqueue(Fault.StalledHeaders());
        using var client = CreateClient();
        using var cancellation = new CancellationTokenSource();
        var call = client.DeleteAndConfirmFilesAsync([1, 2, 3], cancellation.Token);
        await Emulator.WaitForRequestAsync();
        await cancellation.CancelAsync();

        var cancelled = (await Assert.CatchAsync<OperationCanceledException>(() => call))!;

        Assert.That((cancelled.InnerException as Pan123OutcomeUnknownException)?.FileIds, Is.EqualTo(new[] { 1, 2, 3 }));
    }

    [Test]
    [SuppressMessage("Security", "CA5394", Justification = "Chance that guards nothing.")]
    public async Task Every_verdict_is_true_whatever_goes_wrong([Values] StaleIdBehavior behavior, [Values(1, 2, 3)] int seed)
    {
        const int Files = 3000;
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { AssumedStaleIdBehavior = behavior });
        emulator.Drive.AddToRecycleBin(FirstIds(Files).Where(id => id % 50 != 0));
        emulator.Drive.AddActive(FirstIds(Files).Where(id => id % 50 == 0));
        emulator.Faults.AddWithProbability(
            0.3,
            seed,
            [Fault.ConnectionReset(), Fault.ConnectionReset().AfterProcessing(), Fault.Html().AfterProcessing(), Fault.BodyCode(5066, "not found"), Fault.AssumedSpaceIsFreedLater(), Fault.HttpStatus(HttpStatusCode.BadGateway)],
            Pan123Emulator.DeleteFilesPath);
        emulator.Faults.AddWithProbability(0.1, seed, [Fault.ConnectionReset(), Fault.BodyCode(1, "internal error")], Pan123Emulator.GetFilesPath);
        using var client = Pan123Client.Create(new Pan123ClientOptions
        {
            BaseAddress = emulator.BaseAddress,
            AccessToken = emulator.AccessToken,
            RequestsPerSecond = null,
            MaxRetries = 1,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            CircuitBreakerFailureRatio = 1,
        });

        var results = await client.DeleteFilesInBatchesAsync(FirstIds(Files), new DeleteBatchOptions { Confirm = true, IsolateRejected = new Random(seed).Next(2) == 0, Concurrency = 4 }).ToListAsync();

        Assert.Multiple(() =>
        {
            Assert.That(results.SelectMany(result => result.FileIds), Is.EquivalentTo(FirstIds(Files)));

            // A success of the service is believed, also where it passes over stale IDs.
            Assert.That(Of(DeleteOutcome.Deleted).Where(id => emulator.Drive.GetState(id) != FileState.Deleted && !(behavior == StaleIdBehavior.DeleteTheOthers && id % 50 == 0)), Is.Empty);
            Assert.That(results.Where(result => result is { Outcome: DeleteOutcome.Rejected, IsConfirmed: true }).SelectMany(result => result.FileIds).Where(id => emulator.Drive.GetState(id) != FileState.Active), Is.Empty);
            Assert.That(results.Where(result => result.IsConfirmed), Is.Not.Empty);
        });

        IEnumerable<long> Of(DeleteOutcome outcome) => results.Where(result => result.Outcome == outcome).SelectMany(result => result.FileIds);
    }

    private void Fail(Fault fault, int times = 1) => Emulator.Faults.Enqueue(fault, times, Pan123Emulator.DeleteFilesPath);

    private string Paths() => string.Join(' ', Emulator.Requests.Select(request => request.PathAndQuery.Split('/')[^1]));

    private async Task<List<DeleteBatchResult>> RunAsync(long[] fileIds, DeleteBatchOptions? options = null)
    {
        using var client = CreateClient();
        return await client.DeleteFilesInBatchesAsync(fileIds, options ?? Confirming).ToListAsync();
    }
}
