using System.Text.RegularExpressions;

namespace Pan123.Tests.Applications;

/// <summary>A service that answers with headers of its own, which the emulator does not. It has all files there are.</summary>
internal sealed partial class SubstituteService : IAsyncDisposable
{
    public const string Token = "substitute-token-5f1c9a";

    private const string TokenIssued =
        $$$"""{"code":0,"message":"ok","data":{"accessToken":"{{{Token}}}","expiredAt":"2099-01-01T00:00:00+08:00"},"x-traceID":"substitute"}""";

    private readonly Lock _lock = new();
    private readonly List<long> _deleted = [];
    private readonly LoopbackListener _listener;
    private volatile bool _isStruck;

    private SubstituteService(Func<SubstituteService, string, string> respond) => _listener = new LoopbackListener(request => respond(this, request));

    public Uri BaseAddress => _listener.BaseAddress;

    public IReadOnlyList<long> DeletedFileIds
    {
        get
        {
            lock (_lock)
            {
                return [.. _deleted];
            }
        }
    }

    /// <summary>One that sends every request of a kind to another origin, and does nothing.</summary>
    public static SubstituteService Redirect(string status, Uri otherOrigin, bool ofTokens) => new((service, request) => IsDeletion(request) switch
    {
        false when !ofTokens => LoopbackListener.Response("200 OK", TokenIssued, "Content-Type: application/json"),
        _ when !service._isStruck => service.Succeed(request),
        _ => LoopbackListener.Response(status, "", $"Location: {otherOrigin}{(IsDeletion(request) ? "api/v1/file/delete" : "api/v1/access_token")}"),
    });

    /// <summary>One that asks who it is; the platform's own handlers can answer that, and then send once more.</summary>
    public static SubstituteService Challenge() => new((service, request) =>
        service._isStruck && !request.Contains("Authorization: Basic", StringComparison.Ordinal)
            ? LoopbackListener.Response("401 Unauthorized", "", "WWW-Authenticate: Basic realm=\"gateway\"")
            : service.Succeed(request));

    /// <summary>From now on it does what it is for; until now all went well.</summary>
    public void Strike() => _isStruck = true;

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private static bool IsDeletion(string request) => request.Contains("/api/v1/file/delete", StringComparison.Ordinal);

    private string Succeed(string request)
    {
        if (!IsDeletion(request))
        {
            return LoopbackListener.Response("200 OK", TokenIssued, "Content-Type: application/json");
        }

        var ids = Ids().Match(request).Groups["ids"].Value.Split(',').Select(long.Parse);
        lock (_lock)
        {
            _deleted.AddRange(ids);
        }

        return LoopbackListener.Response("200 OK", FakeService.Success, "Content-Type: application/json");
    }

    [GeneratedRegex("""
        "fileIDs":\[(?<ids>[\d,]+)\]
        """, RegexOptions.CultureInvariant)]
    private static partial Regex Ids();
}
