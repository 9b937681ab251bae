namespace Pan123.Emulator;

/// <summary>
/// An emulator of the 123pan Open Platform: real HTTP on 127.0.0.1, a drive in memory, faults on demand.
/// </summary>
/// <remarks>
/// <para>
/// It serves <c>POST /api/v1/file/delete</c> ("permanently delete files") as
/// <see href="https://123yunpan.yuque.com/org-wiki-123yunpan-muaork/cr6ced/sg2gvfk5i3dwoxtg">the platform documents it</see>, and
/// <c>POST /api/v1/access_token</c>, which issues the access tokens that it takes.
/// Where the documentation is silent it is strict: it rejects the whole request with code 1 and a message that says why. That, and
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
    /// <summary>Where files are deleted: <c>/api/v1/file/delete</c>.</summary>
    public const string DeleteFilesPath = "/api/v1/file/delete";

    /// <summary>Where access tokens are issued: <c>/api/v1/access_token</c>.</summary>
    public const string AccessTokenPath = "/api/v1/access_token";

    private readonly RequestLog _log = new();
    private readonly EndpointRateLimiter _rateLimiter;
    private readonly LoopbackServer _server;

    private Pan123Emulator(Pan123EmulatorOptions options)
    {
        AccessToken = options.AccessToken;
        Tokens = new EmulatedTokens(options);

        var router = new Router(new DeleteFilesEndpoint(options, Drive, Tokens), new AccessTokenEndpoint(options, Tokens));
        _rateLimiter = new EndpointRateLimiter(router.Paths) { RequestsPerSecond = options.RequestsPerSecond };
        _server = new LoopbackServer(new EmulatorApplication(router, _rateLimiter, Faults, _log, options.TimeProvider), options.Port);
    }

    /// <summary>Where the emulator listens: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri BaseAddress => _server.Address;

    /// <summary>The fixed access token, which the emulator accepts beside those that it issues. It does not expire.</summary>
    public string AccessToken { get; }

    /// <summary>
    /// The limit of <see cref="Pan123EmulatorOptions.RequestsPerSecond"/>, which can be changed while the emulator runs, as if other programs
    /// used a part of it. What was accepted within the last second counts for the new limit too. Null: no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? RequestsPerSecond
    {
        get => _rateLimiter.RequestsPerSecond;
        set
        {
            if (value is { } limit)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(value));
            }

            _rateLimiter.RequestsPerSecond = value;
        }
    }

    /// <summary>The files, empty at first.</summary>
    public EmulatedDrive Drive { get; } = new();

    /// <summary>The access tokens that it has issued, none at first.</summary>
    public EmulatedTokens Tokens { get; }

    /// <summary>What goes wrong with the next requests, empty at first.</summary>
    public FaultQueue Faults { get; } = new();

    /// <summary>
    /// Every request so far, in order of arrival, whatever became of it: a copy, which later requests do not change.
    /// It stays readable after the emulator has been disposed.
    /// </summary>
    /// <remarks>
    /// A request has arrived once its body has been read. One that broke off is recorded too, with as much of its body as could be
    /// read; it takes no fault, does nothing, and does not count for the rate limit.
    /// What is not HTTP at all is rejected by Kestrel with HTTP 400, and is not recorded.
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
        var emulator = new Pan123Emulator(options ?? new Pan123EmulatorOptions());
        try
        {
            await emulator._server.StartAsync(cancellationToken).ConfigureAwait(false);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until a number of requests have been recorded, for tests that must not sleep.</summary>
    /// <param name="count">How many requests in all, counted from the start of the emulator; at least 1.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The request that made up the number. Its response may not have been sent yet.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="ObjectDisposedException">The emulator was disposed before so many requests had come.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<RecordedRequest> WaitForRequestAsync(int count = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return _log.WaitAsync(count, cancellationToken);
    }

    /// <summary>
    /// Stops listening: refuses connections from now on, and breaks off every open one, those of stalled requests too. Files, tokens,
    /// faults and records stay, and so does the port. Does nothing if it has stopped already.
    /// </summary>
    /// <returns>A task that completes when connections are refused.</returns>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>
    /// Listens again at the same <see cref="BaseAddress"/>, after <see cref="StopAsync"/>. Does nothing if it
    /// listens already.
    /// </summary>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>A task that completes when the emulator listens.</returns>
    /// <exception cref="ObjectDisposedException">The emulator was disposed.</exception>
    /// <exception cref="IOException">Another process took the port before it could be bound again.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task RestartAsync(CancellationToken cancellationToken = default) => _server.StartAsync(cancellationToken);

    /// <summary>
    /// Stops listening and breaks off every open connection, those of stalled requests too. May be called more than once.
    /// </summary>
    /// <returns>A task that completes when the port is free again.</returns>
    public ValueTask DisposeAsync()
    {
        _log.Close();
        return _server.DisposeAsync();
    }
}
