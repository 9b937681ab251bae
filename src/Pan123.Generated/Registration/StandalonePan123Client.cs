namespace Pan123;

/// <summary>
/// A client with connections of its own, from <see cref="Pan123Client.Create"/>. Make one, keep it as long as the program needs it,
/// and dispose of it.
/// </summary>
/// <remarks>Only this one is disposable: a container would keep every disposable client that it gives out until it is disposed of itself.</remarks>
public sealed class StandalonePan123Client : Pan123Client, IDisposable
{
    private readonly IDisposable[] _owned;

    internal StandalonePan123Client(HttpClient httpClient, Pan123Telemetry telemetry, params IDisposable[] owned)
        : base(httpClient, telemetry) => _owned = owned;

    /// <summary>Closes the connections. A call that is still running fails.</summary>
    public void Dispose()
    {
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }
    }
}
