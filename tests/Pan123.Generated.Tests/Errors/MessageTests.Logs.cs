using System.Net;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pan123.Tests.Applications;
using static Pan123.Tests.ScriptedTransport;

namespace Pan123.Tests;

/// <content>What is logged.</content>
public sealed partial class MessageTests
{
    private const string Expired = """{"code":401,"message":"token is expired"}""";

    private static async IAsyncEnumerable<(string Name, string Message)> LogsAsync()
    {
        yield return ("log 1, token not read from the cache", await OfCacheAsync(access: 1, eventId: 1));
        yield return ("log 2, token not written to the cache", await OfCacheAsync(access: 6, eventId: 2));
        yield return ("log 3, pause", await OfLogAsync(3, new ScriptedTransport(TooMany(TimeSpan.FromSeconds(7)))));
        yield return ("log 7, lower limit", await OfLimitAsync());
        yield return ("log 4, token revoked again", await OfRevocationAsync());

        var retries = await OfLogsAsync(
            5,
            new ScriptedTransport(Broken, Answer(503, ""), Answer(200, FakeService.Success)),
            options => (options.MaxRetries, options.RetryDelay, options.CircuitBreakerMinimumThroughput, options.CircuitBreakerBreakDuration)
                = (3, TimeSpan.FromMilliseconds(1), 2, TimeSpan.FromSeconds(0.5)));
        yield return ("log 5, retry after a failure", retries[0]);
        yield return ("log 5, retry after a response", retries[1]);
        yield return ("log 5, retry while the circuit is open", retries[2]);

        yield return ("log 10, deleted", await OfLogAsync(10, new ScriptedTransport(Answer(200, FakeService.Success))));
        yield return ("log 11, rejected", await OfLogAsync(11, new ScriptedTransport(Answer(200, NotFound))));
        yield return ("log 11, unknown", await OfLogAsync(11, new ScriptedTransport(Broken)));
        yield return ("log 11, not sent", await OfLogAsync(
            11, new ScriptedTransport(), build: builder => builder.AddHttpMessageHandler(() => new ApplicationHandler((_, _) => throw new NotSupportedException("The handler's own words.")))));
        yield return ("log 12, token issued", await OfLogAsync(12, new ScriptedTransport(Issue(1), Answer(200, FakeService.Success)), UseCredentials));
        yield return ("log 13, listener failed", await OfListenerAsync());
        yield return ("log 14, handler failed afterwards", await OfLogAsync(
            14,
            new ScriptedTransport(Answer(200, FakeService.Success)),
            build: builder => builder.AddHttpMessageHandler(() => new ApplicationHandler(async (request, send) =>
            {
                using var response = await send(request);
                throw new NotSupportedException("The handler's own words.");
            }))));
    }

    private static async Task<string> OfCacheAsync(int access, int eventId)
    {
        using var cache = new HangingCache();
        cache.HangIn(access, HowItHangs.Deaf);
        cache.Fail(new IOException("The cache is down."));
        return await OfLogAsync(
            eventId,
            new ScriptedTransport(Issue(1), Answer(200, FakeService.Success)),
            UseCredentials,
            builder => builder.Services.AddSingleton<IDistributedCache>(cache));
    }

    private static async Task<string> OfLimitAsync()
    {
        using var logs = new LogRecorder();
        var clock = new WaitedClock();
        var transport = new ScriptedTransport(Answer(200, FakeService.Success), Answer(429, ""), Answer(200, FakeService.Success));
        using var client = CreateClient(transport, options => options.RequestsPerSecond = 10, builder => Log(builder, logs).Services.AddSingleton<TimeProvider>(clock));
        await client.DeleteFilesAsync([1]);
        await clock.RunUntilAsync(client.DeleteFilesAsync([2]));
        return logs.MessagesOf(7).Single();
    }

    // The first revocation is met at once, and of the second a program is told that there may be more than three.
    private static async Task<string> OfRevocationAsync()
    {
        using var logs = new LogRecorder();
        var clock = new WaitedClock();
        var transport = new ScriptedTransport(Issue(1), Answer(200, Expired), Issue(2), Answer(200, Expired), Answer(200, Expired), Issue(3), Answer(200, Expired));
        using var client = CreateClient(transport, UseCredentials, builder => Log(builder, logs).Services.AddSingleton<TimeProvider>(clock));
        await OfAsync(() => client.DeleteFilesAsync([1]));

        var call = client.DeleteFilesAsync([1]);
        await clock.WaitedForAsync(TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        await OfAsync(() => call);

        return logs.MessagesOf(4).Single();
    }

    private static async Task<string> OfListenerAsync()
    {
        using var logs = new LogRecorder();
        var provider = default(IServiceProvider);
        using var client = CreateClient(new ScriptedTransport(Answer(200, FakeService.Success)), build: builder => Log(builder, logs).ConfigureHttpClient((services, _) => provider = services));
        using var listener = ThrowingObservers.ListenToMeters(provider!, "Pan123");

        await client.DeleteFilesAsync([1, 2, 3]);

        return logs.MessagesOf(13).Distinct().Single();
    }

    private static async Task<string> OfLogAsync(
        int eventId, HttpMessageHandler transport, Action<Pan123ClientOptions>? configure = null, Action<IHttpClientBuilder>? build = null) =>
        (await OfLogsAsync(eventId, transport, configure, build)).Single();

    /// <summary>What a call logs as this event, however it ends.</summary>
    private static async Task<IReadOnlyList<string>> OfLogsAsync(
        int eventId, HttpMessageHandler transport, Action<Pan123ClientOptions>? configure = null, Action<IHttpClientBuilder>? build = null)
    {
        using var logs = new LogRecorder();
        using var client = CreateClient(transport, configure, builder =>
        {
            build?.Invoke(builder);
            Log(builder, logs);
        });

        try
        {
            await client.DeleteFilesAsync([1, 2, 3]);
        }
        catch (Pan123Exception)
        {
            // Its message is not that of the log.
        }

        return [.. logs.MessagesOf(eventId)];
    }

    private static Func<HttpRequestMessage, Task<HttpResponseMessage>> Issue(int number) =>
        Answer(200, $$$"""{"code":0,"message":"ok","data":{"accessToken":"canary-new-token-{{{number}}}","expiredAt":"2030-01-01T00:00:00+08:00"}}""");

    private static IHttpClientBuilder Log(IHttpClientBuilder builder, LogRecorder logs)
    {
        builder.Services.AddLogging(logging => logging.AddProvider(logs));
        return builder;
    }
}
