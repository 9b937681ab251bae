namespace Pan123;

/// <summary>The outermost handler of a standalone client. It knows when the last request has left the other handlers, so that they can be disposed.</summary>
internal sealed class CallsInFlight : DelegatingHandler
{
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the client itself, until it is disposed.
    private int _count = 1;

    /// <summary>Completes when no request is in flight. Call it once, at the end.</summary>
    public Task EndAsync()
    {
        Leave();
        return _ended.Task;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            _ended.TrySetResult(true);
        }
    }
}
