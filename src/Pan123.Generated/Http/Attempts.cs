namespace Pan123;

/// <summary>
/// The book-keeping of a call, and the one place that decides its outcome. It counts what the innermost handler sees, so it holds whatever
/// the application's handlers do with requests and responses.
/// </summary>
internal sealed class Attempts
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
    /// Ends the call, and decides. Deleted: an attempt was answered so, whatever happened to others or to that response. Unknown: an attempt
    /// that was sent has no response, or one that says nothing; or none was, and a handler has read the body, which it may have sent by a way of its
    /// own. Rejected: all that were sent were. Not sent: none was.
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

    /// <summary>Begins an attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="isAlone">Whether no other is in flight.</param>
    /// <returns>False when this attempt was begun already, or its body was read before: then it takes another one.</returns>
    /// <exception cref="InvalidOperationException">The call has ended.</exception>
    public bool TryBegin(Attempt attempt, out bool isAlone)
    {
        lock (_lock)
        {
            ThrowIfEnded();
            isAlone = _inFlight == 0;
            if (attempt.State != Attempt.AttemptState.Idle || attempt.Reads > 0)
            {
                return false;
            }

            attempt.State = Attempt.AttemptState.InFlight;
            _inFlight++;
            return true;
        }
    }

    public void OnRead(Attempt attempt)
    {
        lock (_lock)
        {
            if (attempt.State == Attempt.AttemptState.InFlight)
            {
                ThrowIfEnded();
                _readInFlight += attempt.Reads == 0 ? 1 : 0;
            }
            else
            {
                _isReadElsewhere = true;
            }

            attempt.Reads++;
        }
    }

    /// <summary>Ends an attempt, once.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="response">The response; null when there was none.</param>
    /// <param name="mayHaveBeenSent">Whether it may have been sent although its body was not read.</param>
    public void End(Attempt attempt, ApiResponse? response, bool mayHaveBeenSent)
    {
        lock (_lock)
        {
            if (attempt.State == Attempt.AttemptState.Ended)
            {
                return;
            }

            attempt.State = Attempt.AttemptState.Ended;
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
