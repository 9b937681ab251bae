using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Pan123.Emulator;

/// <summary>
/// Kestrel without a host. A host would listen to the environment (ASPNETCORE_URLS, appsettings.json in the working folder), write to
/// the console and take Ctrl+C from the program that the emulator is embedded in.
/// </summary>
/// <remarks>It can stop and listen again, on the same port. Thread-safe.</remarks>
internal sealed class LoopbackServer(IHttpApplication<HttpContext> application, int port) : IAsyncDisposable
{
    [SuppressMessage("Usage", "CA2213", Justification = "It has nothing to dispose of, and a second disposal still waits for it.")]
    private readonly SemaphoreSlim _turn = new(1, 1);

    private int _port = port;
    private KestrelServer? _kestrel;
    private Socket? _reservation;
    private bool _isDisposed;

    /// <summary>The address, after the first start.</summary>
    public Uri Address => new($"http://{IPAddress.Loopback}:{_port}/");

    /// <summary>Starts to listen. Does nothing if it listens already.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(Pan123Emulator));
            _kestrel ??= await StartKestrelAsync(cancellationToken).ConfigureAwait(false);
            _port = new Uri(_kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stops listening, breaks off every connection, and keeps the port bound.</summary>
    public async Task StopAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_kestrel is not null)
            {
                await StopKestrelAsync().ConfigureAwait(false);
                _reservation = Reserve(_port);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stops permanently, and releases the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _isDisposed = true;
            _reservation?.Dispose();
            await StopKestrelAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static KestrelServer CreateKestrel(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);

        // The emulator has no limits but those in its options, and a client may be paused in a debugger.
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;

        // With a minimal buffer, a write ends only when the socket has taken all bytes: a reset that follows does not overtake them.
        var socket = new SocketTransportOptions { MaxWriteBufferSize = 1 };

        var transport = new SocketTransportFactory(Options.Create(socket), NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    /// <summary>
    /// Binds a port without listening, so that connections are refused. A released port could be given to another emulator, or to the
    /// client itself, which would then be connected to its own socket.
    /// </summary>
    private static Socket Reserve(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<KestrelServer> StartKestrelAsync(CancellationToken cancellationToken)
    {
        var kestrel = CreateKestrel(_port);
        try
        {
            _reservation?.Dispose();
            _reservation = null;
            await kestrel.StartAsync(application, cancellationToken).ConfigureAwait(false);
            return kestrel;
        }
        catch
        {
            kestrel.Dispose();
            throw;
        }
    }

    private async Task StopKestrelAsync()
    {
        if (_kestrel is not { } kestrel)
        {
            return;
        }

        // A cancelled token asks Kestrel to abort connections instead of waiting for their requests, which may be stalled on purpose.
        _kestrel = null;
        await kestrel.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        kestrel.Dispose();
    }
}
