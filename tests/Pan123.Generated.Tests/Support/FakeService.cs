using System.Net;

namespace Pan123.Tests;

/// <summary>What a test calls through the client in the service's place: a mocked transport or an emulator, by the same tests.</summary>
public abstract class FakeService : IAsyncDisposable
{
    public const string AccessToken = "canary-access-token";
    public const string TraceId = "dbc1546b-b701-4d30-821a-c29283ffeac5_kong-db-5898fdd8c6-wnv6h";
    public const string Success = $$"""{"code":0,"message":"ok","data":null,"x-traceID":"{{TraceId}}"}""";

    public abstract IPan123Client Client { get; }

    /// <summary>The bodies of the requests that arrived.</summary>
    public abstract IReadOnlyList<string> Bodies { get; }

    public abstract Task StartAsync();

    /// <summary>Answers the next request so.</summary>
    public abstract void Answer(HttpStatusCode status, string contentType, string body);

    public void Answer(string body) => Answer(HttpStatusCode.OK, "application/json", body);

    public abstract ValueTask DisposeAsync();
}
