// Many machines, one account: together they send at most 10 requests a second, by a limiter in Redis. The IDs are in a file, one a line.
// Run: PAN123_ACCESS_TOKEN=… dotnet run src/examples/redis-limit.cs localhost:6379 file-ids.txt

// Outside of this repository: #:package Pan123.Generated@*, and @* after the names of the other packages
#:project ../Pan123.Generated/Pan123.Generated.csproj
#:package RedisRateLimiting
#:package StackExchange.Redis

using Pan123;
using RedisRateLimiting;
using StackExchange.Redis;

using var redis = await ConnectionMultiplexer.ConnectAsync(args[0]);
using var limiter = new RedisSlidingWindowRateLimiter<string>("pan123", new RedisSlidingWindowRateLimiterOptions
{
    PermitLimit = 10,
    // A little more than a second, because requests do not all take equally long to arrive.
    Window = TimeSpan.FromSeconds(1.05),
    ConnectionMultiplexerFactory = () => redis,
});
using var pan = Pan123Client.Create(new Pan123ClientOptions
{
    AccessToken = Environment.GetEnvironmentVariable("PAN123_ACCESS_TOKEN"),
    BaseAddress = new Uri(Environment.GetEnvironmentVariable("PAN123_BASE_ADDRESS") ?? Pan123Client.DefaultBaseAddress),
    RateLimiter = limiter,
    // A request without a permit asks again: soon, and for about 6 seconds.
    RetryDelay = TimeSpan.FromMilliseconds(50),
    MaxRetries = 7,
});

await foreach (var batch in pan.DeleteFilesInBatchesAsync(File.ReadLines(args[1]).Select(long.Parse)))
{
    Console.WriteLine($"{batch.FileIds.Count} files, {batch.Outcome}. {batch.Error?.Message}");
}
