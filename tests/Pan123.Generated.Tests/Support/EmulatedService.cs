using System.Net;
using Pan123.Emulator;

namespace Pan123.Tests;

public sealed class EmulatedService : FakeService
{
    private Pan123Emulator _emulator = null!;
    private StandalonePan123Client _client = null!;

    public override IPan123Client Client => _client;

    public override IReadOnlyList<string> Bodies => [.. _emulator.Requests.Select(request => request.BodyText)];

    public override async Task StartAsync()
    {
        _emulator = await Pan123Emulator.StartAsync(new Pan123EmulatorOptions { AccessToken = AccessToken });
        _client = Pan123Client.Create(new Pan123ClientOptions { BaseAddress = _emulator.BaseAddress, AccessToken = AccessToken, MaxRetries = 0 });
    }

    public override void Answer(HttpStatusCode status, string contentType, string body) =>
        _emulator.Faults.Enqueue(Fault.Response(status, contentType, body));

    public override async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
    }
}
