using Microsoft.Extensions.DependencyInjection;
using Pan123.Emulator;
using RedisRateLimiting;
using StackExchange.Redis;

namespace Pan123.Tests;

/// <summary>Clients that share one limit through a Redis server, as the README shows it. <c>Pan123.Soak</c> has the same with processes, and measures.</summary>
public sealed class SharedRateLimitTests() : EmulatorFixture(FirstIds(100))
{
    private const int Limit = 10;

    // Longer than the test takes, so that no permit comes back in it.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(17);

    private readonly string _key = $"{Guid.NewGuid()}";

    [Test]
    public async Task Clients_together_send_as_many_requests_as_the_limit_allows_and_no_more([Values(1, 4)] int clients)
    {
        var redis = RedisServer.Find();
        Emulator.RequestsPerSecond = Limit;

        var deleted = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => DeleteOneByOneAsync(redis, firstId: 1 + (client * 20))));

        Assert.That(
            (deleted.Sum(), Emulator.Drive.Count(FileState.Deleted), Emulator.Requests.Count, Emulator.Requests.Count(request => request.IsRateLimited)),
            Is.EqualTo((Limit, Limit, Limit, 0)));
    }

    /// <returns>How many files a client deleted before it had to wait for a permit.</returns>
    private async Task<int> DeleteOneByOneAsync(string redis, long firstId)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis);
        await using var limiter = new RedisSlidingWindowRateLimiter<string>(
            _key, new RedisSlidingWindowRateLimiterOptions { PermitLimit = Limit, Window = Window, ConnectionMultiplexerFactory = () => connection });
        var clock = new WaitedClock();
        await using var client = Pan123Client.Create(
            new Pan123ClientOptions { BaseAddress = Emulator.BaseAddress, AccessToken = Emulator.AccessToken, RateLimiter = limiter, RetryDelay = RetryDelay },
            builder => builder.Services.AddSingleton<TimeProvider>(clock));

        var waiting = clock.WaitedForAsync(RetryDelay);
        for (var deleted = 0; ; deleted++)
        {
            var call = client.DeleteFilesAsync([firstId + deleted]);
            if (await Task.WhenAny(call, waiting) == waiting)
            {
                await waiting;
                return deleted;
            }

            await call;
        }
    }
}
