namespace Pan123.Tests;

/// <summary>The Redis server that some tests need.</summary>
internal static class RedisServer
{
    private const string Variable = "PAN123_TEST_REDIS";

    /// <returns>Its address. Without one the test is skipped, and in CI it fails.</returns>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } redis)
        {
            return redis;
        }

        Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Null.Or.Empty, $"CI needs a Redis server: .ci/run starts one and sets {Variable}.");
        Assert.Ignore($"This needs a Redis server: set {Variable} to its address, such as 127.0.0.1:6379.");
        return "";
    }
}
