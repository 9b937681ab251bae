using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pan123.Tests;

/// <summary>A server that shows a request as it stands on the wire, byte for byte, and answers what it is told.</summary>
public sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];

    public RawServer() => _listener.Start();

    public Uri BaseAddress => new($"http://{_listener.LocalEndpoint}/");

    public IReadOnlyList<string> Requests => _requests;

    /// <summary>Takes one connection and one request on it, and answers.</summary>
    public async Task AnswerAsync(string head = "HTTP/1.1 200 OK", string body = FakeService.Success)
    {
        // A request that never comes is to fail its test, not to stop it.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var connection = await _listener.AcceptTcpClientAsync(patience.Token);
        var stream = connection.GetStream();
        _requests.Add(await ReadRequestAsync(stream, patience.Token));

        var answer = $"{head}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
    }

    /// <summary>Whether somebody waits to be answered.</summary>
    public bool HasPendingConnection => _listener.Pending();

    public void Dispose() => _listener.Dispose();

    private static async Task<string> ReadRequestAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsComplete(request.ToString()))
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            Assert.That(count, Is.Positive, "The request broke off.");
            request.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return request.ToString();
    }

    private static bool IsComplete(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        const string Name = "Content-Length: ";
        var start = request.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
        var length = int.Parse(request[start..request.IndexOf('\r', start)], System.Globalization.CultureInfo.InvariantCulture);
        return request.Length >= end + 4 + length;
    }
}
