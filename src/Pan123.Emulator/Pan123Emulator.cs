namespace Pan123.Emulator;

/// <summary>
/// An emulator of the 123pan Open Platform: real HTTP on 127.0.0.1, a drive in memory, faults on demand.
/// </summary>
/// <remarks>
/// <para>
/// It serves <c>POST /api/v1/file/delete</c> ("permanently delete files") as
/// <see href="https://123yunpan.yuque.com/org-wiki-123yunpan-muaork/cr6ced/sg2gvfk5i3dwoxtg">the platform documents it</see>, the other
/// endpoints of the recycle bin (<see cref="Endpoints"/>), and <c>POST /api/v1/access_token</c>, which issues the access tokens that it
/// accepts. Where the documentation is silent it is strict: it rejects the whole request with code 1 and a message that says why. That, and
/// every option whose name begins with <c>Assumed</c>, is an assumption: the emulator was not compared with the live service.
/// </para>
/// <para>
/// Emulators are independent, so tests can run in parallel, each with its own. All members are thread-safe.
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
    /// <summary>The path that deletes files: <c>/api/v1/file/delete</c>.</summary>
    public const string DeleteFilesPath = "/api/v1/file/delete";

    /// <summary>The path that moves files and folders to the recycle bin: <c>/api/v1/file/trash</c>.</summary>
    public const string TrashFilesPath = "/api/v1/file/trash";

    /// <summary>The path that recovers files and folders to their former folders: <c>/api/v1/file/recover</c>.</summary>
    public const string RecoverFilesPath = "/api/v1/file/recover";

    /// <summary>The path that recovers files and folders to a given folder: <c>/api/v1/file/recover/by_path</c>.</summary>
    public const string RecoverFilesToFolderPath = "/api/v1/file/recover/by_path";

    /// <summary>The path that looks up files and folders by ID: <c>/api/v1/file/infos</c>.</summary>
    public const string GetFilesPath = "/api/v1/file/infos";

    /// <summary>The path that lists files and folders, by GET: <c>/api/v2/file/list</c>.</summary>
    public const string ListFilesPath = "/api/v2/file/list";

    /// <summary>The path that issues access tokens: <c>/api/v1/access_token</c>.</summary>
    public const string AccessTokenPath = "/api/v1/access_token";

    private readonly RequestLog _log = new();
    private readonly Router _router;
    private readonly EndpointRateLimiter _rateLimiter;
    private readonly LoopbackServer _server;

    private Pan123Emulator(Pan123EmulatorOptions options)
    {
        AccessToken = options.AccessToken;
        Tokens = new EmulatedTokens(options);
        Drive = new EmulatedDrive(options);

        // A new endpoint is a class and a line here.
        _router = new Router(
            new RequestCheck(options, Tokens),
            new AccessTokenEndpoint(options, Tokens),
            new ListFilesEndpoint(options, Drive),
            new GetFilesEndpoint(options, Drive),
            new TrashFilesEndpoint(options, Drive),
            new RecoverFilesEndpoint(options, Drive, isToFolder: false),
            new RecoverFilesEndpoint(options, Drive, isToFolder: true),
            new DeleteFilesEndpoint(options, Drive));
        var paths = _router.Endpoints.Select(endpoint => endpoint.Path).ToList();
        if (options.RequestsPerSecondByPath.Keys.Except(paths).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"RequestsPerSecondByPath: there is no endpoint at '{unknown}'.", nameof(options));
        }

        _rateLimiter = new EndpointRateLimiter(paths, options.RequestsPerSecondByPath) { RequestsPerSecond = options.RequestsPerSecond };
        _server = new LoopbackServer(new EmulatorApplication(_router, _rateLimiter, Faults, _log, options), options.Port);
    }

    /// <summary>The address at which the emulator listens: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri BaseAddress => _server.Address;

    /// <summary>The fixed access token, which the emulator accepts in addition to those that it issues. It does not expire.</summary>
    public string AccessToken { get; }

    /// <summary>
    /// The limit of <see cref="Pan123EmulatorOptions.RequestsPerSecond"/>, which can be changed while the emulator runs, as if other programs
    /// used a part of it. Requests accepted within the last second count for the new limit too. Null: no limit. The limits
    /// in <see cref="Pan123EmulatorOptions.RequestsPerSecondByPath"/> stay.
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

    /// <summary>The endpoints that the emulator serves, with their current limits.</summary>
    public IReadOnlyList<EmulatedEndpoint> Endpoints =>
        [.. _router.Endpoints.Select(each => new EmulatedEndpoint(each.Method, each.Path, _rateLimiter.LimitOf(each.Path)))];

    /// <summary>The files and folders; empty at first.</summary>
    public EmulatedDrive Drive { get; }

    /// <summary>The access tokens that the emulator has issued; none at first.</summary>
    public EmulatedTokens Tokens { get; }

    /// <summary>The faults of the next requests; none at first.</summary>
    public FaultQueue Faults { get; } = new();

    /// <summary>
    /// Every request so far, in order of arrival, whatever its result: a copy, which later requests do not change.
    /// It stays readable after the emulator has been disposed.
    /// </summary>
    /// <remarks>
    /// A request has arrived once its body has been read. One that broke off is recorded too, with as much of its body as could be
    /// read; it takes no fault, does nothing, and does not count for the rate limit.
    /// Kestrel rejects what is not HTTP with HTTP 400; that is not recorded.
    /// </remarks>
    public IReadOnlyList<RecordedRequest> Requests => _log.Snapshot();

    /// <summary>Starts an emulator, which listens when the task completes.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running emulator. Disposing it stops it.</returns>
    /// <exception cref="IOException">
    /// <see cref="Pan123EmulatorOptions.Port"/> is in use. The message names the address and the port.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// <see cref="Pan123EmulatorOptions.RequestsPerSecondByPath"/> names a path without an endpoint.
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
    /// <param name="count">The number of requests since the start of the emulator; at least 1.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The last of these requests. Its response may not have been sent yet.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="ObjectDisposedException">The emulator was disposed before so many requests had arrived.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<RecordedRequest> WaitForRequestAsync(int count = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return _log.WaitAsync(count, cancellationToken);
    }

    /// <summary>
    /// Stops listening: connections are refused from now on, and every open one is broken off, including those of stalled requests. Files,
    /// tokens, faults, records and the port stay. Does nothing if the emulator has stopped already.
    /// </summary>
    /// <returns>A task that completes when connections are refused.</returns>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>
    /// Listens again at the same <see cref="BaseAddress"/>, after <see cref="StopAsync"/>. Does nothing if the
    /// emulator listens already.
    /// </summary>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>A task that completes when the emulator listens.</returns>
    /// <exception cref="ObjectDisposedException">The emulator was disposed.</exception>
    /// <exception cref="IOException">Another process took the port before it could be bound again.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task RestartAsync(CancellationToken cancellationToken = default) => _server.StartAsync(cancellationToken);

    /// <summary>
    /// Stops listening and breaks off every open connection, including those of stalled requests. May be called more than once.
    /// </summary>
    /// <returns>A task that completes when the port is released.</returns>
    public ValueTask DisposeAsync()
    {
        _log.Close();
        return _server.DisposeAsync();
    }
}
