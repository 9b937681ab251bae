using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Pan123.Soak;

/// <summary>Emulates a distant service: forwards bytes after half a round trip, in both directions.</summary>
/// <param name="target">Where the service listens.</param>
/// <param name="getRoundTrip">The current round trip in milliseconds.</param>
/// <param name="jitter">By how many milliseconds the round trip varies, up and down.</param>
internal sealed class LatencyProxy(Uri target, Func<double> getRoundTrip, double jitter) : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private Task _accepting = Task.CompletedTask;

    public Uri Start()
    {
        _listener.Start();
        _accepting = AcceptAsync();
        return new Uri($"http://{_listener.LocalEndpoint}/");
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(PassOnAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassOnAsync(TcpClient client)
    {
        using var service = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            await service.ConnectAsync(target.Host, target.Port, _end.Token);
            await Task.WhenAll(CopyAsync(client, service), CopyAsync(service, client));
        }
    }

    [SuppressMessage("Security", "CA5394", Justification = "The randomness guards nothing.")]
    private TimeSpan GetDelay() => TimeSpan.FromMilliseconds(Math.Max(0, getRoundTrip() + (jitter * ((2 * Random.Shared.NextDouble()) - 1))) / 2);

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _end.Token) is var count && count > 0)
            {
                // HTTP/1.1 without pipelining: nothing follows in the meantime.
                await ExactDelay.WaitAsync(GetDelay(), _end.Token);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _end.Token);
            }

            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or SocketException)
        {
            // The proxy, the client or the service has closed the connection.
            to.Close();
        }
    }
}
