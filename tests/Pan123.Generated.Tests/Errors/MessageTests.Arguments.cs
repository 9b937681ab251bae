using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pan123.Tests;

/// <content>What the guard and the options say, and what is said of access tokens.</content>
public sealed partial class MessageTests
{
    private static async IAsyncEnumerable<(string Name, string Message)> ArgumentsAsync()
    {
        yield return ("file IDs, null", await OfGuardAsync(null!));
        yield return ("file IDs, none", await OfGuardAsync([]));
        yield return ("file IDs, too many", await OfGuardAsync(Enumerable.Range(1, 101).Select(id => (long)id)));
        yield return ("file IDs, too small", await OfGuardAsync([5, 0]));
        yield return ("file IDs, twice", await OfGuardAsync([3, 4, 3]));
        yield return ("folder ID, negative", Of(() => new StandIn().ListFilesAsync(-1)));
        yield return ("a part of a path", Of(() => ApiAddress.Segment("name", "..")));
        yield return ("stand-in", await OfAsync(() => new StandIn().DeleteFilesAsync([1])));
        yield return ("batch options, concurrency", Of(() => _ = new DeleteBatchOptions { Concurrency = 0 }));
        yield return ("batch result, error missing", Of(() => _ = new DeleteBatchResult([1], DeleteOutcome.NotSent, traceId: null, error: null)));
        yield return ("batch result, error too many", Of(() => _ = new DeleteBatchResult([1], DeleteOutcome.Deleted, traceId: null, new NotSupportedException())));

        yield return ("name of a client, empty", Of(() => new ServiceCollection().AddPan123Client("", _ => { })));
        yield return ("name of a client, not registered", OfClient("carol", services => services.AddPan123Client("bob", options => options.AccessToken = Token)));
        yield return ("name of a client, without options", OfClient("bob", services => services.AddPan123Client("bob")));
        yield return ("name of a client, registered twice", OfClient(
            "bob", services => services.AddPan123Client("bob", options => options.AccessToken = Token).Services.AddPan123Client("bob", options => options.MaxRetries = 1)));

        yield return ("option, base address null", OfOptions(options => options.BaseAddress = null!));
        yield return ("option, base address of another scheme", OfOptions(options => options.BaseAddress = new Uri("ftp://open-api.123pan.com")));
        yield return ("option, base address with a query", OfOptions(options => options.BaseAddress = new Uri("https://example.com/?canary")));
        yield return ("option, base address of plain http", OfOptions(options => options.BaseAddress = new Uri("http://example.com")));
        yield return ("option, no access token", OfOptions(options => options.AccessToken = null));
        yield return ("option, access token empty", OfOptions(options => options.AccessToken = ""));
        yield return ("option, access token with Bearer", OfOptions(options => options.AccessToken = $"Bearer {Token}"));
        yield return ("option, access token with a blank", OfOptions(options => options.AccessToken = $"{Token} "));
        yield return ("option, client ID alone", OfOptions(options => (options.AccessToken, options.ClientId) = (null, "id")));
        yield return ("option, access token and credentials", OfOptions(options => (options.ClientId, options.ClientSecret) = ("id", "canary")));
        yield return ("option, renewal margin", OfOptions(options => options.AccessTokenRenewalMargin = TimeSpan.FromMinutes(-5)));
        yield return ("option, requests per second", OfOptions(options => options.RequestsPerSecond = 0));
        yield return ("option, retries", OfOptions(options => options.MaxRetries = 11));
        yield return ("option, retry delay", OfOptions(options => options.RetryDelay = TimeSpan.Zero));
        yield return ("option, attempt timeout", OfOptions(options => options.AttemptTimeout = TimeSpan.FromTicks(1)));
        yield return ("option, total timeout", OfOptions(options => options.TotalTimeout = TimeSpan.FromSeconds(29)));
        yield return ("option, failure ratio", OfOptions(options => options.CircuitBreakerFailureRatio = 1.5));
        yield return ("option, minimum throughput", OfOptions(options => options.CircuitBreakerMinimumThroughput = 1));
        yield return ("option, sampling duration", OfOptions(options => options.CircuitBreakerSamplingDuration = TimeSpan.FromSeconds(59)));
        yield return ("option, break duration", OfOptions(options => options.CircuitBreakerBreakDuration = TimeSpan.Zero));
        yield return ("options, all problems", OfOptions(options => (options.AccessToken, options.MaxRetries) = (null, -1)));
    }

    private static async IAsyncEnumerable<(string Name, string Message)> AccessTokensAsync()
    {
        yield return ("access token, empty", Of(() => _ = new AccessToken("")));
        yield return ("access token, with Bearer", Of(() => _ = new AccessToken($"Bearer {Token}")));
        yield return ("access token, with a line break", Of(() => _ = new AccessToken($"{Token}\n")));
        yield return ("access token, as text", new AccessToken(Token).ToString());

        yield return ("no access token, provider gave none", await OfProviderAsync(new StubProvider(() => Task.FromResult<AccessToken>(null!))));
        yield return ("no access token, provider failed", await OfProviderAsync(new StubProvider(() => throw new TimeoutException("The vault is closed."))));

        yield return ("no access token, rejected", await OfTokenRequestAsync("""{"code":1,"message":"wrong secret canary-client-secret","x-traceID":"trace-1"}"""));
        yield return ("no access token, not JSON", await OfTokenRequestAsync("<html>"));
        yield return ("no access token, no data", await OfTokenRequestAsync("""{"code":0,"message":"ok","data":null}"""));
        yield return ("no access token, no time", await OfTokenRequestAsync("""{"code":0,"message":"ok","data":{"accessToken":"canary"}}"""));
        yield return ("no access token, no time with an offset", await OfTokenRequestAsync("""{"code":0,"message":"ok","data":{"accessToken":"canary","expiredAt":"soon"}}"""));
        yield return ("no access token, one with a blank", await OfTokenRequestAsync("""{"code":0,"message":"ok","data":{"accessToken":"canary token","expiredAt":"2030-01-01T00:00:00+08:00"}}"""));
        yield return ("no access token, connection broken", await OfAsync(async () =>
        {
            using var client = CreateClient(new ScriptedTransport(Broken), UseCredentials);
            await client.DeleteFilesAsync([1, 2]);
        }));
        yield return ("no access token, disposed", await OfAsync(async () =>
        {
            var arrived = new TaskCompletionSource();
            using var client = CreateClient(new ScriptedTransport(_ => HangAsync(arrived)), UseCredentials);
            var call = client.DeleteFilesAsync([1]);
            await arrived.Task;
            await client.DisposeAsync();
            await call;
        }));
    }

    private static string Of(Action fail) => Assert.Catch<ArgumentException>(() => fail())!.Message;

    private static Task<string> OfGuardAsync(IEnumerable<long> fileIds) => OfAsync(async () =>
    {
        using var client = CreateClient(new ScriptedTransport());
        await client.DeleteFilesAsync(fileIds);
    });

    private static string OfClient(string name, Action<IServiceCollection> register)
    {
        var collection = new ServiceCollection();
        register(collection);
        using var services = collection.BuildServiceProvider();
        return Assert.Catch(() => services.GetRequiredKeyedService<IPan123Client>(name))!.Message;
    }

    private static string OfOptions(Action<Pan123ClientOptions> configure) =>
        Assert.Throws<OptionsValidationException>(() => CreateClient(new ScriptedTransport(), configure))!.Message;

    private static Task<string> OfProviderAsync(IAccessTokenProvider provider) => OfAsync(async () =>
    {
        using var client = CreateClient(new ScriptedTransport(), options => options.AccessToken = null, builder => builder.Services.AddSingleton(provider));
        await client.DeleteFilesAsync([1]);
    });

    private static Task<string> OfTokenRequestAsync(string response) => OfAsync(async () =>
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(200, response)), UseCredentials);
        await client.DeleteFilesAsync([1, 2]);
    });

    private sealed class StandIn : Pan123Client;
}
