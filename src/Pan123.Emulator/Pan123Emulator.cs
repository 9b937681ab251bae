using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Pan123.Emulator;

/// <summary>
/// A stand-in for the 123pan Open Platform: real HTTP on 127.0.0.1, a drive in memory, faults on demand.
/// </summary>
/// <remarks>
/// <para>
/// It answers <c>POST /api/v1/file/delete</c> ("permanently delete files") as
/// <see href="https://123yunpan.yuque.com/org-wiki-123yunpan-muaork/cr6ced/sg2gvfk5i3dwoxtg">the platform documents it</see>.
/// Where the documentation is silent it is strict: it refuses the whole request with code 1 and a message that says why. That, and
/// every option whose name begins with <c>Assumed</c>, is an assumption: nothing here was compared with the live service.
/// </para>
/// <para>
/// Emulators share nothing, so that tests can run side by side, each with its own. All members may be used from any thread.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// await using var pan = await Pan123Emulator.StartAsync();
/// pan.Drive.AddToRecycleBin(14705301, 14705306);
/// pan.Faults.Enqueue(Fault.BodyCode(429, "too many requests"));
/// // … point the client at pan.BaseAddress, with pan.AccessToken
/// </code>
/// </example>
public sealed class Pan123Emulator : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly RequestLog _log;

    private Pan123Emulator(KestrelServer server, string accessToken, EmulatedDrive drive, FaultQueue faults, RequestLog log)
    {
        _server = server;
        _log = log;
        AccessToken = accessToken;
        Drive = drive;
        Faults = faults;
        BaseAddress = new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
    }

    /// <summary>Where the emulator listens: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The one access token that the emulator accepts. It does not expire.</summary>
    public string AccessToken { get; }

    /// <summary>The files, empty at first.</summary>
    public EmulatedDrive Drive { get; }

    /// <summary>What goes wrong with the next requests, empty at first.</summary>
    public FaultQueue Faults { get; }

    /// <summary>
    /// Every request so far, in order of arrival, whatever became of it: a copy, which later requests do not change.
    /// It stays readable after the emulator has been disposed.
    /// </summary>
    /// <remarks>
    /// A request has arrived once its body has been read. One that broke off is recorded too, with as much of its body as could be
    /// read; it takes no fault and deletes nothing.
    /// What is not HTTP at all is refused by Kestrel with HTTP 400, and is not recorded.
    /// </remarks>
    public IReadOnlyList<RecordedRequest> Requests => _log.Snapshot();

    /// <summary>Starts an emulator, which listens when the task completes.</summary>
    /// <param name="options">How it behaves; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running emulator. Disposing it stops it.</returns>
    /// <exception cref="IOException">
    /// <see cref="Pan123EmulatorOptions.Port"/> is in use. The message names address and port.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<Pan123Emulator> StartAsync(
        Pan123EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new Pan123EmulatorOptions();

        var drive = new EmulatedDrive();
        var faults = new FaultQueue();
        var log = new RequestLog();
        var application = new EmulatorApplication(new DeleteFilesEndpoint(options, drive), faults, log);
        var server = LoopbackServer.Create(options.Port);
        try
        {
            await server.StartAsync(application, cancellationToken).ConfigureAwait(false);
            return new Pan123Emulator(server, options.AccessToken, drive, faults, log);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Waits until a number of requests have been recorded, for tests that must not sleep.</summary>
    /// <param name="count">How many requests in all, counted from the start of the emulator; at least 1.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The request that made up the number. Its answer may still be on its way.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="ObjectDisposedException">The emulator was disposed before so many requests had come.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<RecordedRequest> WaitForRequestAsync(int count = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return _log.WaitAsync(count, cancellationToken);
    }

    /// <summary>
    /// Stops listening and breaks off every open connection, those of stalled requests too. May be called more than once.
    /// </summary>
    /// <returns>A task that completes when the port is free again.</returns>
    public async ValueTask DisposeAsync()
    {
        _log.Close();

        // A cancelled token asks Kestrel to abort connections instead of waiting for their requests, which may be stalled on purpose.
        await _server.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _server.Dispose();
    }
}
