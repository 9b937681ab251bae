using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Pan123;

/// <summary>
/// One enumeration of <c>DeleteFilesInBatchesAsync</c>. Everything is decided in one loop, which only runs while the consumer waits for its
/// next result: for a consumer that has stopped asking, nothing more is read or sent. Apart from the IDs seen, it holds no more than the
/// batches under way.
/// </summary>
internal sealed class BatchRun : IAsyncDisposable
{
    private readonly Pan123Client _client;
    private readonly DeleteBatchOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _sending;
    private readonly CancellationTokenSource _reading;

    private readonly BatchInput _input;
    private readonly List<long> _unsent = [];
    private readonly Stack<Batch> _halves = new();
    private readonly List<Task<Answer>> _inFlight = [];

    private Pan123NotSentException? _stopped;
    private ExceptionDispatchInfo? _failure;

    private BatchRun(Pan123Client client, IAsyncEnumerable<long> fileIds, DeleteBatchOptions options, CancellationToken cancellationToken)
    {
        (_client, _options, _cancellationToken) = (client, options, cancellationToken);
        _sending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _reading = CancellationTokenSource.CreateLinkedTokenSource(_sending.Token);
        _input = new BatchInput(fileIds, _reading.Token);
    }

    public static async IAsyncEnumerable<DeleteBatchResult> RunAsync(
        Pan123Client client,
        IAsyncEnumerable<long> fileIds,
        DeleteBatchOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var run = new BatchRun(client, fileIds, options, cancellationToken);
        await using var _ = run.ConfigureAwait(false);
        while (await run.NextAsync().ConfigureAwait(false) is { } result)
        {
            yield return result;
        }
    }

    /// <summary>Cancels what is under way and waits for it: a request must not outlive the loop that a consumer broke out of.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            CancelAll();
        }
        finally
        {
            await Task.WhenAll(_inFlight).ConfigureAwait(false);
            await _input.DisposeAsync().ConfigureAwait(false);
            _reading.Dispose();
            _sending.Dispose();
        }
    }

    /// <returns>The next result; null when there is no further one, and the run came to its regular end.</returns>
    private async Task<DeleteBatchResult?> NextAsync()
    {
        while (true)
        {
            if (_cancellationToken.IsCancellationRequested)
            {
                Stop("The run was cancelled.");
            }

            DeleteBatchResult? result = null;
            if (_inFlight.Find(call => call.IsCompleted) is { } ended)
            {
                _inFlight.Remove(ended);
                result = End(await ended.ConfigureAwait(false));
            }
            else if (TakeBatch() is { } batch)
            {
                if (_stopped is null)
                {
                    _inFlight.Add(SendAsync(batch));
                }
                else
                {
                    result = batch.Failed(_stopped);
                }
            }
            else if (_input.Reading is { IsCompleted: true })
            {
                result = EndRead();
            }
            else if (_input is { Reading: null, IsEnded: false } && _stopped is null && _inFlight.Count < _options.Concurrency)
            {
                _input.BeginRead();
            }
            else if (_input.Reading is not null || _inFlight.Count > 0)
            {
                await Task.WhenAny(_input.Reading is { } reading ? [reading, .. _inFlight] : _inFlight).ConfigureAwait(false);
            }
            else
            {
                ThrowIfCutShort();
                return null;
            }

            if (result is not null)
            {
                if (_options.StopOnFirstFailure && result.Error is { } error)
                {
                    Stop("The run was to stop at its first failure.", error);
                }

                return result;
            }
        }
    }

    /// <returns>What is to be sent next; null when everything waits for an answer, or for more IDs.</returns>
    private Batch? TakeBatch()
    {
        if (_stopped is null && _inFlight.Count == _options.Concurrency)
        {
            return null;
        }

        // Halves first, and depth first: what is read is first brought to its end.
        if (_halves.Count > 0)
        {
            return _halves.Pop();
        }

        var isComplete = _unsent.Count == DeleteFilesRequest.FileIdsMaxItems || _input.IsEnded || _stopped is not null;
        if (_unsent.Count == 0 || !isComplete)
        {
            return null;
        }

        long[] fileIds = [.. _unsent];
        _unsent.Clear();
        return new Batch(fileIds);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a call throws is the error of its result; the other batches go on.")]
    private async Task<Answer> SendAsync(Batch batch)
    {
        try
        {
            var response = await _client.DeleteFilesAsync(batch.FileIds, _sending.Token).ConfigureAwait(false);
            return new Answer(batch, response.TraceId, Failure: null);
        }
        catch (Exception failure)
        {
            return new Answer(batch, TraceId: null, failure);
        }
    }

    /// <returns>The result; null for a batch that is split instead.</returns>
    private DeleteBatchResult? End(Answer answer)
    {
        var (batch, traceId, failure) = answer;
        if (failure is null)
        {
            return batch.Succeeded(traceId);
        }

        if (!_options.IsolateRejected || _stopped is not null || !batch.CanBeSplitAfter(failure))
        {
            return batch.Failed(failure);
        }

        var (first, second) = batch.Split((Pan123ApiException)failure);
        _halves.Push(second);
        _halves.Push(first);
        return null;
    }

    /// <returns>The result of an ID that is none; otherwise null.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "It is thrown at the end of the run, when what was sent has been yielded.")]
    private DeleteBatchResult? EndRead()
    {
        try
        {
            if (_input.EndRead() is not var (fileId, position))
            {
                return null;
            }

            if (Pan123Client.FindProblem(fileId, position) is { } problem)
            {
                return new DeleteBatchResult([fileId], DeleteOutcome.NotSent, traceId: null, new ArgumentException($"Nothing was sent: {problem}."), position);
            }

            _unsent.Add(fileId);
        }
        catch (OperationCanceledException) when (_reading.IsCancellationRequested)
        {
            // As it was told.
        }
        catch (Exception failure)
        {
            Fail("The file IDs could not be read to their end.", failure);
        }

        return null;
    }

    private void Fail(string reason, Exception failure)
    {
        _failure ??= ExceptionDispatchInfo.Capture(failure);
        Stop(reason, failure);
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
            _reading.Cancel();
        }
        catch (AggregateException failure)
        {
            // From what the input does when it is cancelled.
            _failure ??= ExceptionDispatchInfo.Capture(failure);
        }
    }

    private void ThrowIfCutShort()
    {
        if (_cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was cancelled before its end.", _failure?.SourceException, _cancellationToken);
        }

        _failure?.Throw();
    }

    // Not CancelAsync, which .NET Standard lacks.
    private void CancelAll() => _sending.Cancel();

    private sealed record Answer(Batch Batch, string? TraceId, Exception? Failure);
}
