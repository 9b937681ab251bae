using System.Runtime.InteropServices;

namespace Pan123;

/// <summary>
/// A client with connections of its own, from <see cref="Pan123Client.Create"/>. Make one, keep it as long as the program needs it,
/// and dispose of it.
/// </summary>
/// <remarks>Only this one is disposable: a container would keep every disposable client that it gives out until it is disposed of itself.</remarks>
public sealed class StandalonePan123Client : Pan123Client, IDisposable, IAsyncDisposable
{
    // For a handler or token provider of the application's that takes no notice of a cancellation.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // In the pool: what is disposed of may be the application's, and wait for the context or the thread that this was called in.
    private readonly Lazy<Task> _disposal;

    internal StandalonePan123Client(
        HttpClient httpClient, Pan123Telemetry telemetry, CallsInFlight calls, IAsyncDisposable services, params IDisposable?[] owned)
        : base(httpClient, telemetry) => _disposal = new Lazy<Task>(() => Task.Run(() => EndAsync(calls, services, owned)));

    /// <summary>Closes the connections. A call in flight fails.</summary>
    public void Dispose()
    {
        var disposal = _disposal.Value;

        // The one thread of a browser cannot wait: there it is done a moment later.
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Create("BROWSER")))
        {
            disposal.GetAwaiter().GetResult();
        }
    }

    /// <summary>Closes the connections. A call in flight fails.</summary>
    public ValueTask DisposeAsync() => new(_disposal.Value);

    private static async Task EndAsync(CallsInFlight calls, IAsyncDisposable services, IDisposable?[] owned)
    {
        // The calls end before the container: Polly looks only once a second whether its pipelines are empty, for 30 seconds, and by the
        // injected clock. In a task of its own, because the caller of a cancelled call may go on in it, and wait for this very disposal.
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
