using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pan123.Tests.Applications;

/// <summary>
/// A server on the loopback that takes any number of connections, keeps every byte it receives and sends the responses that a test makes,
/// byte for byte. One request a connection.
/// </summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<string, string> _respond;
    private readonly Task _accepting;
    private int _connections;

    /// <param name="respond">Makes the response to a request, status line, headers, body and all.</param>
    public LoopbackListener(Func<string, string> respond)
    {
        _respond = respond;
        _listener.Start();
        BaseAddress = new Uri($"http://{_listener.LocalEndpoint}/");
        _accepting = AcceptAsync();
    }

    public Uri BaseAddress { get; }

    /// <summary>The requests, as far as they came.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>How often somebody connected, even if no byte followed.</summary>
    public int Connections => _connections;

    /// <summary>A response with a body of a known length.</summary>
    public static string Response(string statusLine, string body, params string[] headers) =>
        $"HTTP/1.1 {statusLine}\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        // Stopped only when nobody accepts any more.
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptTcpClientAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                connections.Add(ServeAsync(connection));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                var stream = connection.GetStream();
                var request = await ReadRequestAsync(stream);
                _requests.Enqueue(request);
                if (IsComplete(request))
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(_respond(request)), _stopping.Token);
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The client went away, or the test has ended.
            }
        }
    }

    private async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        var buffer = new byte[4096];
        int count;
        do
        {
            count = await stream.ReadAsync(buffer, _stopping.Token);
            request.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        while (count > 0 && !IsComplete(request.ToString()));

        return request.ToString();
    }

    private static bool IsComplete(string request)
    {
        const string ContentLength = "\r\nContent-Length: ";

        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var start = request.IndexOf(ContentLength, 0, end, StringComparison.OrdinalIgnoreCase) + ContentLength.Length;
        return start < ContentLength.Length
            ? !request[..end].Contains("chunked", StringComparison.OrdinalIgnoreCase) || request.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal)
            : Encoding.UTF8.GetByteCount(request) >= end + 4 + int.Parse(request[start..request.IndexOf('\r', start)], CultureInfo.InvariantCulture);
    }
}
