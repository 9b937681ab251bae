using System.Runtime.InteropServices;

namespace Pan123;

/// <summary>
/// A client with its own connections, from <see cref="Pan123Client.Create"/>. Create one, keep it as long as the program needs it,
/// and dispose it.
/// </summary>
/// <remarks>Clients from a container are not disposable, because the container would hold every transient disposable until it is disposed itself.</remarks>
public sealed class StandalonePan123Client : Pan123Client, IDisposable, IAsyncDisposable
{
    // For a custom handler or token provider that ignores cancellation.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // On the thread pool: the application's objects are disposed too, and may wait for the context or the thread of the caller.
    private readonly Lazy<Task> _disposal;

    internal StandalonePan123Client(
        HttpClient httpClient, Account account, CallsInFlight calls, IAsyncDisposable services, params IDisposable?[] owned)
        : base(httpClient, account) => _disposal = new Lazy<Task>(() => Task.Run(() => EndAsync(calls, services, owned)));

    /// <summary>Closes the connections. Calls in flight fail.</summary>
    public void Dispose()
    {
        var disposal = _disposal.Value;

        // A browser's only thread cannot block: there the disposal ends a moment later.
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Create("BROWSER")))
        {
            disposal.GetAwaiter().GetResult();
        }
    }

    /// <summary>Closes the connections. Calls in flight fail.</summary>
    public ValueTask DisposeAsync() => new(_disposal.Value);

    [SuppressMessage("Performance", "CA1849", Justification = "Not CancelAsync, which .NET Standard lacks.")]
    private static async Task EndAsync(CallsInFlight calls, IAsyncDisposable services, IDisposable?[] owned)
    {
        // The calls end before the container: Polly checks only once a second whether its pipelines are empty, for 30 seconds, and by the
        // injected clock. In a separate task, because a cancelled call's caller may continue in it, and wait for this very disposal.
        var ended = Task.Run(() =>
        {
            Array.ForEach(owned, disposable => disposable?.Dispose());
            return calls.EndAsync();
        });
        using var patience = new CancellationTokenSource();
        var isEnded = await Task.WhenAny(ended, Task.Delay(Patience, patience.Token)).ConfigureAwait(false) == ended;
        patience.Cancel();

        var disposal = Task.WhenAll(ended, services.DisposeAsync().AsTask());
        if (isEnded)
        {
            await disposal.ConfigureAwait(false);
        }
        else
        {
            disposal.Abandon();
        }
    }
}
