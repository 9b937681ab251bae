using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Pan123.Emulator;

namespace Pan123.Tests;

/// <summary>
/// What holds for every run, over real HTTP. A scenario that fails is simplified and printed with the seed, which <see cref="Config.Replay"/> takes.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class BatchPropertyTests
{
    [TestCase(StaleIdBehavior.RejectRequest)]
    [TestCase(StaleIdBehavior.DeleteTheOthers)]
    [TestCase(StaleIdBehavior.DeleteTheOthersAndReject)]
    public void Every_ID_ends_in_exactly_one_outcome_which_is_true(StaleIdBehavior answer) => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(answer == StaleIdBehavior.RejectRequest ? 100 : 30),
        Prop.ForAll(BatchScenario.Any, scenario => RunAsync(scenario, answer)));

    private static async Task RunAsync(BatchScenario scenario, StaleIdBehavior answer)
    {
        await using var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { AssumedStaleIdBehavior = answer });
        emulator.Drive.AddToRecycleBin(scenario.FileIds().Where(id => id > 0 && !scenario.IsStale(id)).Distinct());
        emulator.Faults.AddWithProbability(scenario.FaultProbability, scenario.Seed, BatchScenario.Faults);
        using var client = Pan123Client.Create(new Pan123ClientOptions
        {
            BaseAddress = emulator.BaseAddress,
            AccessToken = emulator.AccessToken,
            RequestsPerSecond = null,
            MaxRetries = 0,
            CircuitBreakerMinimumThroughput = int.MaxValue,
        });

        using var run = new ObservedRun(scenario, client);
        await run.RunAsync();

        var problems = run.FindProblems().Concat(FindUntruths(run.Results, emulator, answer)).ToList();
        if (problems.Count > 0)
        {
            throw new AssertionException(string.Join('\n', problems));
        }
    }

    private static IEnumerable<string> FindUntruths(IReadOnlyList<DeleteBatchResult> results, Pan123Emulator emulator, StaleIdBehavior answer)
    {
        var stateOf = results.SelectMany(result => result.FileIds, (result, id) => (result.Outcome, State: emulator.Drive.GetState(id))).ToList();
        if (answer != StaleIdBehavior.DeleteTheOthers && stateOf.Any(each => each is { Outcome: DeleteOutcome.Deleted, State: not FileState.Deleted }))
        {
            yield return "A file was reported deleted and is not.";
        }

        if (stateOf.Any(each => each is { Outcome: DeleteOutcome.NotSent, State: FileState.Deleted }))
        {
            yield return "A file was reported not sent and is deleted.";
        }

        if (answer == StaleIdBehavior.RejectRequest && stateOf.Any(each => each is { Outcome: DeleteOutcome.Rejected, State: FileState.Deleted }))
        {
            yield return "A file was reported rejected and is deleted.";
        }
    }

    /// <summary>A run, and all that can be seen of it from outside.</summary>
    private sealed class ObservedRun : IDisposable
    {
        private readonly BatchScenario _scenario;
        private readonly FakeClient _client;
        private readonly CancellationTokenSource _cancellation = new();
        private readonly List<long> _read = [];
        private readonly HashSet<long> _different = [];
        private readonly List<DeleteBatchResult> _results = [];
        private int _reported;
        private int _underWay;
        private int _mostUnderWay;
        private int _mostAhead;
        private int? _callsAtFirstFailure;
        private Exception? _thrown;

        public ObservedRun(BatchScenario scenario, Pan123Client client)
        {
            _scenario = scenario;
            _client = new FakeClient(async (ids, cancellationToken) =>
            {
                _mostUnderWay = Math.Max(_mostUnderWay, Interlocked.Increment(ref _underWay));
                try
                {
                    return await client.DeleteFilesAsync(ids, cancellationToken);
                }
                finally
                {
                    Interlocked.Decrement(ref _underWay);
                }
            });
        }

        public IReadOnlyList<DeleteBatchResult> Results => _results;

        private bool HasFailed => _callsAtFirstFailure is not null && _scenario.StopOnFirstFailure;

        private Type? ExpectedException => _scenario.EndAt >= _scenario.Count ? null : _scenario.End switch
        {
            BatchScenario.Ending.Cancel => typeof(OperationCanceledException),
            BatchScenario.Ending.Throw => typeof(IOException),
            _ => null,
        };

        public void Dispose() => _cancellation.Dispose();

        public async Task RunAsync()
        {
            var options = new DeleteBatchOptions
            {
                Concurrency = _scenario.Concurrency,
                IsolateRejected = _scenario.IsolateRejected,
                StopOnFirstFailure = _scenario.StopOnFirstFailure,
            };
            try
            {
                var run = _scenario.IsAsynchronous
                    ? _client.DeleteFilesInBatchesAsync(InPieces(), options)
                    : _client.DeleteFilesInBatchesAsync(Input(), options);
                await foreach (var result in run.WithCancellation(_cancellation.Token))
                {
                    _results.Add(result);
                    Interlocked.Add(ref _reported, result.FileIds.Count);
                    _callsAtFirstFailure ??= result.Outcome == DeleteOutcome.Deleted ? null : _client.Calls.Count;
                    if (_scenario.End == BatchScenario.Ending.Break && _results.Count == _scenario.EndAt)
                    {
                        break;
                    }
                }
            }
            catch (Exception thrown) when (thrown is OperationCanceledException or IOException)
            {
                _thrown = thrown;
            }
        }

        public IEnumerable<string> FindProblems()
        {
            var ids = _results.SelectMany(result => result.FileIds).ToList();
            var isBroken = _scenario.End == BatchScenario.Ending.Break && _results.Count == _scenario.EndAt;
            return new (string Problem, bool IsThere)[]
            {
                ("An ID is in two results.", ids.Distinct().Count() != ids.Count),
                ("An ID was reported that was not read.", ids.Except(_read).Any()),
                ("An ID was read and not reported.", !isBroken && _read.Except(ids).Any()),
                ("Not all was read.", _thrown is null && !isBroken && !HasFailed && _read.Count != _scenario.Count),
                ("The run ended otherwise than it was to.", !isBroken && !HasFailed && _thrown?.GetType() != ExpectedException),
                ("A request was too large, or empty.", _client.Calls.Any(call => call.Length is 0 or > 100)),
                ("A request had an ID twice, or one that is none.", _client.Calls.Any(call => call.Distinct().Count() != call.Length || call.Any(id => id <= 0))),
                ("An ID was sent twice.", !_scenario.IsolateRejected && _client.Calls.SelectMany(call => call).GroupBy(id => id).Any(group => group.Count() > 1)),
                ("A batch was smaller than it might be.", !_scenario.IsolateRejected && _client.Calls.Count(call => call.Length < 100) > 1),
                ("Too much was under way.", _mostUnderWay > _scenario.Concurrency),
                ("Too much was read.", _mostAhead > 100 * _scenario.Concurrency),
                ("Something was still under way.", _underWay > 0),
                ("Something was begun after the first failure.", HasFailed && _client.Calls.Count != _callsAtFirstFailure),
                ("An ID that is none was sent, or has no position.", _results.Any(result => (result.FileIds[0] <= 0) != (result.Position is not null))),
            }.Where(each => each.IsThere).Select(each => each.Problem);
        }

        private IEnumerable<long> Input()
        {
            var all = _scenario.FileIds();
            for (var i = 0; i < all.Count; i++)
            {
                if (_scenario.EndAt == i)
                {
                    EndAsTold();
                }

                _read.Add(all[i]);
                _different.Add(all[i]);
                _mostAhead = Math.Max(_mostAhead, _different.Count - _reported);
                yield return all[i];
            }
        }

        private async IAsyncEnumerable<long> InPieces([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var id in Input())
            {
                if (_read.Count % 7 == 0)
                {
                    await Task.Yield();
                }

                yield return id;
            }
        }

        private void EndAsTold()
        {
            if (_scenario.End == BatchScenario.Ending.Cancel)
            {
                _cancellation.Cancel();
            }

            if (_scenario.End == BatchScenario.Ending.Throw)
            {
                throw new IOException("The input broke off.");
            }
        }
    }
}
