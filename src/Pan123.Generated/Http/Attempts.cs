namespace Pan123;

/// <summary>
/// The book-keeping of a call, and the one place that decides its outcome. It counts what the innermost handler sees, so it holds whatever
/// custom handlers do with requests and responses.
/// </summary>
/// <param name="call">The call.</param>
internal sealed class Attempts(ApiRequest call)
{
    private readonly object _lock = new();
    private int _inFlight;
    private int _readInFlight;
    private bool _isLost;
    private bool _isReadElsewhere;
    private bool _hasEnded;

    /// <summary>The response that says that it was done; null when there was none.</summary>
    public ApiResponse? Success { get; private set; }

    /// <summary>The last rejection; null when there was none.</summary>
    public ApiResponse? Rejection { get; private set; }

    /// <summary>The response to the attempt that ended last; null when it got none.</summary>
    public ApiResponse? Last { get; private set; }

    /// <summary>
    /// Ends the call, and decides. Deleted: a response says so, whatever happened to other attempts or to that response. Unknown: an attempt
    /// that was sent has no response, or one that says nothing; or none was sent, and a custom handler has read the body, which it may have
    /// sent by itself. Rejected: all that were sent were. Not sent: none was.
    /// </summary>
    public DeleteOutcome End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            return Success is not null ? DeleteOutcome.Deleted
                : _isLost || _readInFlight > 0 ? DeleteOutcome.Unknown
                : Rejection is not null ? DeleteOutcome.Rejected
                : _isReadElsewhere ? DeleteOutcome.Unknown
                : DeleteOutcome.NotSent;
        }
    }

    /// <summary>Begins an attempt with the body of a request, or with a new one if that is none of this call's, or was begun or read already.</summary>
    /// <param name="body">The body of the request; null for none.</param>
    /// <param name="isAlone">Whether no other attempt is in flight.</param>
    /// <returns>The body of the attempt.</returns>
    /// <exception cref="InvalidOperationException">The call has ended.</exception>
    public ApiRequestContent Begin(HttpContent? body, out bool isAlone)
    {
        lock (_lock)
        {
            ThrowIfEnded();
            isAlone = _inFlight++ == 0;
            var attempt = body is ApiRequestContent { State: AttemptState.Idle, Reads: 0 } own && own.Call == call ? own : new ApiRequestContent(call);
            attempt.State = AttemptState.InFlight;
            return attempt;
        }
    }

    /// <exception cref="InvalidOperationException">The call has ended: what is sent now would contradict its outcome.</exception>
    public void OnRead(ApiRequestContent attempt)
    {
        lock (_lock)
        {
            if (attempt.State == AttemptState.InFlight)
            {
                ThrowIfEnded();
                _readInFlight += attempt.Reads == 0 ? 1 : 0;
            }

            _isReadElsewhere |= attempt.State != AttemptState.InFlight;
            attempt.Reads++;
        }
    }

    /// <summary>Ends an attempt, once.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="response">The response; null when there was none.</param>
    /// <param name="mayHaveBeenSent">Whether it may have been sent although its body was not read.</param>
    public void End(ApiRequestContent attempt, ApiResponse? response, bool mayHaveBeenSent)
    {
        lock (_lock)
        {
            if (attempt.State != AttemptState.InFlight)
            {
                return;
            }

            attempt.State = AttemptState.Ended;
            _inFlight--;
            _readInFlight -= attempt.Reads > 0 ? 1 : 0;
            if (_hasEnded)
            {
                return;
            }

            Last = response;
            if (response is { Success: not null })
            {
                Success ??= response;
            }
            else if (response is { IsRejection: true } && attempt.Reads <= 1)
            {
                Rejection = response;
            }
            else
            {
                _isLost |= response is not null || attempt.Reads > 0 || mayHaveBeenSent;
            }
        }
    }

    private void ThrowIfEnded()
    {
        if (_hasEnded)
        {
            throw new InvalidOperationException("The call has ended, so nothing more is sent for it.");
        }
    }
}
