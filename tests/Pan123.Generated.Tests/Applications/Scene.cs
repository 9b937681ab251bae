using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pan123.Emulator;

namespace Pan123.Tests.Applications;

/// <summary>One call of an application's client to a service with a fault, and all that is seen of it.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private const long FileOfEarlierCall = 9;

    private static readonly long[] Files = [1, 2, 3];

    private readonly Application _application;
    private readonly ApplicationFault _fault;
    private readonly Pan123Emulator _emulator;
    private readonly string _clientSecret;
    private readonly SubstituteService? _substitute;
    private readonly Surroundings _surroundings;
    private readonly ServiceProvider _services;
    private readonly Observation _observation = new();
    private readonly LoopbackListener _otherOrigin = new(Agree);
    private readonly LoopbackListener _proxy = new(Agree);

    private Scene(Application application, ApplicationFault fault, Pan123Emulator emulator, string clientSecret)
    {
        (_application, _fault, _emulator, _clientSecret) = (application, fault, emulator, clientSecret);
        _surroundings = new Surroundings(_otherOrigin.BaseAddress, _proxy.BaseAddress, _observation.Trace);
        _substitute = fault.Substitute?.Invoke(_otherOrigin.BaseAddress);
        _emulator.Drive.AddToRecycleBin([.. fault.InRecycleBin, FileOfEarlierCall]);
        _services = Register().BuildServiceProvider();
    }

    /// <summary>What the call reported.</summary>
    public Outcome Outcome { get; private set; }

    /// <summary>What the call ended in; null for a success.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What is really deleted, but for the file of an earlier call.</summary>
    public IReadOnlyList<long> Deleted =>
        [.. _emulator.Drive.DeletedFileIds.Concat(_substitute?.DeletedFileIds ?? []).Where(id => id != FileOfEarlierCall).Order()];

    /// <summary>What came where nothing may come, and how often somebody connected.</summary>
    public IReadOnlyList<string> SentElsewhere =>
        [.. _otherOrigin.Requests, .. _proxy.Requests, .. Enumerable.Repeat("a connection", _otherOrigin.Connections + _proxy.Connections)];

    /// <summary>Whatever the application can see of the call.</summary>
    public string Seen => $"{_observation.Text}\n{Failure}";

    /// <summary>What a structured logger writes of the call.</summary>
    public string LoggedValues => _observation.LoggedValues;

    /// <summary>All that must be in nothing that is seen.</summary>
    public IReadOnlyList<string> Secrets =>
    [
        .. _emulator.Requests.SelectMany(request => request.Headers)
            .Where(header => header.Key == "Authorization")
            .Select(header => header.Value.Split(' ')[^1])
            .Append(_emulator.AccessToken).Append(_clientSecret).Append(SubstituteService.Token).Distinct(),
    ];

    public static async Task<Scene> PlayAsync(Application application, ApplicationFault fault)
    {
        var clientSecret = $"client-secret-{Guid.NewGuid()}";
        var emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions
        {
            AccessToken = $"access-token-{Guid.NewGuid()}",
            ClientSecret = clientSecret,
            AssumedStaleIdBehavior = fault.StaleIds,
        });
        var scene = new Scene(application, fault, emulator, clientSecret);
        try
        {
            await scene.PlayAsync();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _observation.Dispose();
        await _emulator.DisposeAsync();
        if (_substitute is not null)
        {
            await _substitute.DisposeAsync();
        }

        await _otherOrigin.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    private ServiceCollection Register()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_observation));
        _application.Before?.Invoke(services, _surroundings);
        var builder = services.AddPan123Client(options =>
        {
            options.BaseAddress = _substitute?.BaseAddress ?? _emulator.BaseAddress;
            options.AccessToken = _fault.UsesCredentials ? null : _emulator.AccessToken;
            options.ClientId = _fault.UsesCredentials ? Pan123EmulatorOptions.DefaultClientId : null;
            options.ClientSecret = _fault.UsesCredentials ? _clientSecret : null;
            options.AttemptTimeout = _fault.AttemptTimeout;
            options.TotalTimeout = TimeSpan.FromSeconds(5);
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
            options.RequestsPerSecond = null;
        });
        _application.After?.Invoke(builder, _surroundings);
        return services;
    }

    private async Task PlayAsync()
    {
        _observation.Begin(_services.GetRequiredService<IMeterFactory>());
        using var parent = _observation.StartActivity();
        using var listener = _application.Listen?.Invoke(_services, _surroundings);
        var client = _services.GetRequiredService<IPan123Client>();
        if (_application.NeedsEarlierCall)
        {
            await client.DeleteFilesAsync([FileOfEarlierCall]);
        }

        Strike();
        using var cancellation = new CancellationTokenSource();
        if (_fault.CancelAfter is { } delay)
        {
            cancellation.CancelAfter(delay);
        }

        try
        {
            await client.DeleteFilesAsync(Files, cancellation.Token);
            Outcome = Outcome.Deleted;
        }
#pragma warning disable CA1031 // Which exceptions come out is what the tests look at.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            (Failure, Outcome) = (failure, OutcomeOf(failure));
        }

        // What the application let go of may still delete. One that is stalled has done so, and never ends.
        await Task.WhenAny(Task.WhenAll(_surroundings.Leftovers), Task.Delay(TimeSpan.FromMilliseconds(200)));
    }

    private void Strike()
    {
        _substitute?.Strike();
        foreach (var fault in _fault.Deletions)
        {
            _emulator.Faults.Enqueue(fault, path: Pan123Emulator.DeleteFilesPath);
        }

        foreach (var fault in _fault.Tokens)
        {
            _emulator.Faults.Enqueue(fault, path: Pan123Emulator.AccessTokenPath);
        }
    }

    /// <summary>A success for everybody, which makes it tempting to believe it.</summary>
    private static string Agree(string request) => LoopbackListener.Response("200 OK", FakeService.Success, "Content-Type: application/json");

    private static Outcome OutcomeOf(Exception failure) => (failure is OperationCanceledException { InnerException: { } inner } ? inner : failure) switch
    {
        Pan123ApiException => Outcome.Rejected,
        Pan123OutcomeUnknownException => Outcome.Unknown,
        Pan123NotSentException => Outcome.NotSent,
        _ => Outcome.Unsaid,
    };
}
