using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Pan123;

/// <summary>
/// One enumeration of <c>DeleteFilesInBatchesAsync</c>. One loop decides everything. It runs only while the consumer waits for the next
/// result, so no read and no request starts for a consumer that has stopped enumerating. Apart from the IDs seen, it holds no more than
/// the batches in flight.
/// </summary>
internal sealed class BatchRun(
    Pan123Client client, BatchInput input, CancellationTokenSource sending, DeleteBatchOptions options, CancellationToken cancellationToken) : IAsyncDisposable
{
    // As often as a call is retried by default.
    private const int MaxRetries = 3;

    private readonly List<long> _unsent = [];
    private readonly Stack<Batch> _next = new();
    private readonly List<Task<SentBatch>> _inFlight = [];
    private readonly Queue<DeleteBatchResult> _results = new();

    private Pan123NotSentException? _stopped;
    private ExceptionDispatchInfo? _failure;

    public static async IAsyncEnumerable<DeleteBatchResult> RunAsync(
        Pan123Client client, IAsyncEnumerable<long> fileIds, DeleteBatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var input = new BatchInput(fileIds, sending.Token);
        await using var inputDisposal = input.ConfigureAwait(false);
        var run = new BatchRun(client, input, sending, options, cancellationToken);
        await using var runDisposal = run.ConfigureAwait(false);
        while (await run.NextAsync().ConfigureAwait(false) is { } result)
        {
            yield return result;
        }
    }

    /// <summary>Cancels what is in flight and waits for it: a request must not outlive the loop that a consumer broke out of.</summary>
    [SuppressMessage("Performance", "CA1849", Justification = "Not CancelAsync, which .NET Standard lacks.")]
    public async ValueTask DisposeAsync()
    {
        try
        {
            sending.Cancel();
        }
        finally
        {
            await Task.WhenAll(_inFlight).ConfigureAwait(false);
        }
    }

    /// <returns>The next result; null when the run is complete.</returns>
    private async Task<DeleteBatchResult?> NextAsync()
    {
        while (true)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                Stop("the run was cancelled.");
            }

            DeleteBatchResult? result = null;
            if (_results.Count > 0)
            {
                result = _results.Dequeue();
            }
            else if (_inFlight.Find(call => call.IsCompleted) is { } ended)
            {
                _inFlight.Remove(ended);
                result = End(await ended.ConfigureAwait(false));
            }
            else if (TakeBatch() is { } next)
            {
                if (_stopped is null)
                {
                    _inFlight.Add(SendAsync(next));
                }
                else
                {
                    result = next.Failed(_stopped);
                }
            }
            else if (input.PendingRead is { IsCompleted: true })
            {
                result = TakeRead();
            }
            else if (input is { PendingRead: null, IsEnded: false } && _stopped is null && _inFlight.Count < options.Concurrency)
            {
                input.StartRead();
            }
            else if (input.PendingRead is not null || _inFlight.Count > 0)
            {
                await Task.WhenAny(input.PendingRead is { } reading ? [reading, .. _inFlight] : _inFlight).ConfigureAwait(false);
            }
            else
            {
                ThrowIfCutShort();
                return null;
            }

            if (result is not null)
            {
                if (options.StopOnFirstFailure && result.Error is { } error)
                {
                    Stop("the run stopped at its first failure.", error);
                }

                return result;
            }
        }
    }

    /// <returns>The batch to send next; null when the run waits for a response or for more IDs.</returns>
    private Batch? TakeBatch()
    {
        if (_stopped is null && _inFlight.Count == options.Concurrency)
        {
            return null;
        }

        // Halves and retries first, and depth first: the IDs already read are finished before more are read.
        if (_next.Count > 0)
        {
            return _next.Pop();
        }

        var isComplete = _unsent.Count == DeleteFilesRequest.FileIdsMaxItems || input.IsEnded || _stopped is not null;
        if (_unsent.Count == 0 || !isComplete)
        {
            return null;
        }

        long[] fileIds = [.. _unsent];
        _unsent.Clear();
        return new Batch(fileIds);
    }

    private async Task<SentBatch> SendAsync(Batch batch)
    {
        while (true)
        {
            try
            {
                var response = await client.DeleteFilesAsync(batch.FileIds, sending.Token).ConfigureAwait(false);
                return new(batch, response.TraceId);
            }
            catch (Pan123NotSentException busy) when (busy.IsWorthRetrying && _stopped is null && !sending.IsCancellationRequested)
            {
                // A service at its limit says nothing about the files, and in a long run a batch may wait for its turn longer than a call
                // may take.
            }
            catch (Exception failure)
            {
                // Whatever a call throws becomes the error of its result; the other batches continue.
                var found = options.Confirm && batch.IsUnknownAfter(failure) ? await LookUpAsync(batch).ConfigureAwait(false) : null;
                return new(batch, TraceId: null, failure, found);
            }
        }
    }

    /// <returns>The files of the batch that the service knows; null if the lookup failed.</returns>
    private async Task<IReadOnlyList<Pan123File>?> LookUpAsync(Batch batch)
    {
        try
        {
            return await client.GetFilesAsync(batch.FileIds, sending.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The error of the deletion stays: that of the lookup says nothing about the files.
            return null;
        }
    }

    /// <returns>The result; null for a batch that is retried or split, or has several results.</returns>
    private DeleteBatchResult? End(SentBatch sent)
    {
        if (sent.Failure is null)
        {
            return sent.Batch.Succeeded(sent.TraceId);
        }

        if (sent.Found is null)
        {
            return Fail(sent.Batch, sent.Failure);
        }

        Confirm(sent.Batch, sent.Failure, sent.Found);
        return null;
    }

    private void Confirm(Batch batch, Exception failure, IReadOnlyList<Pan123File> found)
    {
        var places = found.ToLookup(file => file.FileId, file => file.IsTrashed);
        var gone = batch.FileIds.Where(fileId => !places.Contains(fileId)).ToList();
        var elsewhere = batch.FileIds.Where(fileId => places[fileId].Contains(false)).ToList();
        long[] waiting = [.. batch.FileIds.Except(gone).Except(elsewhere)];
        if (gone.Count > 0)
        {
            _results.Enqueue(new DeleteBatchResult(gone, DeleteOutcome.Deleted, traceId: null, error: null) { IsConfirmed = true });
        }

        if (elsewhere.Count > 0)
        {
            _results.Enqueue(new DeleteBatchResult(elsewhere, DeleteOutcome.Rejected, traceId: null, Pan123ApiException.NotInRecycleBin(failure)) { IsConfirmed = true });
        }

        if (waiting.Length == 0)
        {
            return;
        }

        if (Pan123Exception.Find(failure) is Pan123ApiException)
        {
            // Rejected, and still in the recycle bin: no earlier attempt has deleted them.
            if (Fail(new Batch(waiting, batch.Rejection), failure) is { } rejected)
            {
                _results.Enqueue(rejected);
            }
        }
        else if (batch.Retries < MaxRetries)
        {
            _next.Push(batch with { FileIds = waiting, Lost = Pan123Exception.Find(failure), Retries = batch.Retries + 1 });
        }
        else
        {
            _results.Enqueue((batch with { FileIds = waiting }).Failed(failure));
        }
    }

    /// <returns>The result; null for a batch that is split instead.</returns>
    private DeleteBatchResult? Fail(Batch batch, Exception failure)
    {
        if (batch.Lost is not null || !options.IsolateRejected || _stopped is not null || !batch.CanBeSplitAfter(failure))
        {
            return batch.Failed(failure);
        }

        var (first, second) = batch.Split((Pan123ApiException)failure);
        _next.Push(second);
        _next.Push(first);
        return null;
    }

    /// <returns>The result of an invalid ID; otherwise null.</returns>
    private DeleteBatchResult? TakeRead()
    {
        try
        {
            if (input.TakeRead() is not var (fileId, position))
            {
                return null;
            }

            if (FileIdGuard.FindProblem(fileId, position, DeleteFilesRequest.FileIdsItemMinimum) is { } problem)
            {
                return new DeleteBatchResult([fileId], DeleteOutcome.NotSent, traceId: null, new ArgumentException($"Nothing was sent: {problem}."), position);
            }

            _unsent.Add(fileId);
        }
        catch (OperationCanceledException) when (input.IsCancelled)
        {
            // Expected: the read was cancelled.
        }
        catch (Exception failure)
        {
            // Thrown at the end of the run, after the results of all requests.
            _failure ??= ExceptionDispatchInfo.Capture(failure);
            Stop("the file IDs could not be read to the end.", failure);
        }

        return null;
    }

    private void Stop(string reason, Exception? innerException = null)
    {
        if (_stopped is not null)
        {
            return;
        }

        _stopped = new Pan123NotSentException(reason, innerException);
        try
        {
            input.Cancel();
        }
        catch (AggregateException failure)
        {
            // A callback of the input on its cancellation has thrown.
            _failure ??= ExceptionDispatchInfo.Capture(failure);
        }
    }

    private void ThrowIfCutShort()
    {
        if (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was cancelled before it was complete.", _failure?.SourceException, cancellationToken);
        }

        _failure?.Throw();
    }

    /// <param name="Batch">What was sent.</param>
    /// <param name="TraceId">The trace ID of its success; null if there is none.</param>
    /// <param name="Failure">Why it has failed; null if it has not.</param>
    /// <param name="Found">What a lookup found afterwards; null without one.</param>
    private readonly record struct SentBatch(Batch Batch, string? TraceId, Exception? Failure = null, IReadOnlyList<Pan123File>? Found = null);
}
