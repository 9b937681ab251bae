namespace Pan123;

/// <summary>
/// Records the attempts of a call, and is the one place that decides its outcome. It counts what the innermost handler sees, so it is right
/// whatever custom handlers do with requests and responses.
/// </summary>
/// <param name="call">The call.</param>
internal sealed class Attempts(ApiRequest call)
{
    private readonly object _lock = new();
    private int _inFlight;
    private int _readsInFlight;
    private bool _isLost;
    private bool _isReadElsewhere;
    private bool _hasEnded;

    /// <summary>The response that reports success; null if there was none.</summary>
    public ApiResponse? Success { get; private set; }

    /// <summary>The last rejection; null if there was none.</summary>
    public ApiResponse? Rejection { get; private set; }

    /// <summary>The last 429; null if there was none.</summary>
    public ApiResponse? Throttled { get; private set; }

    /// <summary>The response to the attempt that ended last; null if it got none.</summary>
    public ApiResponse? Last { get; private set; }

    /// <summary>
    /// Ends the call, and decides its outcome. Deleted: a response says so, whatever happened to other attempts or to that response. Unknown:
    /// an attempt that was sent has no response, or an invalid one; or none was sent, but a custom handler has read the body, which it may
    /// have sent itself. Rejected: all attempts that were sent were rejected. Not sent: none was sent, or every response was a 429.
    /// </summary>
    public DeleteOutcome End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            return Success is not null ? DeleteOutcome.Deleted
                : _isLost || _readsInFlight > 0 ? DeleteOutcome.Unknown
                : Rejection is not null ? DeleteOutcome.Rejected
                : _isReadElsewhere ? DeleteOutcome.Unknown
                : DeleteOutcome.NotSent;
        }
    }

    /// <summary>Begins an attempt with the body of a request, or with a new one if that body belongs to another call, or was already begun or read.</summary>
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

    /// <exception cref="InvalidOperationException">The call has ended: anything sent now could contradict its outcome.</exception>
    public void OnRead(ApiRequestContent attempt)
    {
        lock (_lock)
        {
            if (attempt.State == AttemptState.InFlight)
            {
                ThrowIfEnded();
                _readsInFlight++;
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
    /// <param name="response">The response; null if there was none.</param>
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
            _readsInFlight -= attempt.Reads;
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
                (Throttled, Rejection) = response.IsThrottled ? (response, Rejection) : (Throttled, response);
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
