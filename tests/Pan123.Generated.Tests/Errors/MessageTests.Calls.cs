using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Pan123.Tests.Applications;
using static Pan123.Tests.ScriptedTransport;
using Answer = System.Func<System.Net.Http.HttpRequestMessage, System.Threading.Tasks.Task<System.Net.Http.HttpResponseMessage>>;

namespace Pan123.Tests;

/// <content>What the calls say.</content>
public sealed partial class MessageTests
{
    private const string NotFound = """{"code":5066,"message":"file not found","data":null,"x-traceID":"trace-1"}""";

    private static async IAsyncEnumerable<(string Name, string Message)> RejectionsAsync()
    {
        yield return ("rejected", await OfCallAsync(Answer(200, NotFound)));
        yield return ("rejected, no trace ID", await OfCallAsync(Answer(500, """{"code":1,"message":"failed"}""")));
        yield return ("rejected, no message", await OfCallAsync(Answer(200, """{"code":1,"x-traceID":"trace-1"}""")));
        yield return ("rejected, no message and no trace ID", await OfCallAsync(Answer(200, """{"code":1}""")));
        yield return ("rejected, no envelope", await OfCallAsync(Answer(404, "<html>")));
        yield return ("rejected, a secret in the message", await OfCallAsync(Answer(200, $$"""{"code":401,"message":"{{Token}} is expired"}""")));
    }

    private static async IAsyncEnumerable<(string Name, string Message)> UnknownOutcomesAsync()
    {
        yield return ("unknown, connection broken", await OfCallAsync(Broken));
        yield return ("unknown, one file", await OfAsync(async () =>
        {
            using var client = CreateClient(new ScriptedTransport(Broken));
            await client.DeleteFilesAsync([1]);
        }));
        yield return ("unknown, no file in an exception of one's own", new Pan123OutcomeUnknownException([], "A reason.").Message);
        yield return ("unknown, attempt timed out", await OfTimeoutAsync(TimeSpan.FromSeconds(30), arrived => new ScriptedTransport(_ => HangAsync(arrived))));
        yield return ("unknown, answered by a handler", await OfHandlerAsync(
            async (request, send) =>
            {
                await Assert.CatchAsync(() => send(request));
                return Handlers.MadeUp(HttpStatusCode.OK, FakeService.Success);
            },
            Broken));
        yield return ("unknown, rejected after a loss", await OfHandlerAsync(SendTwiceAsync, Answer(200, "<html>"), Answer(200, NotFound)));
        yield return ("unknown, rejected after a loss with no envelope", await OfHandlerAsync(SendTwiceAsync, Answer(200, "<html>"), Answer(404, "<html>")));

        yield return ("unknown, accepted", await OfCallAsync(Answer(200, """{"code":7301,"message":"deleted, the space is freed later"}""")));
        yield return ("unknown, trashed", await OfAsync(async () =>
        {
            using var client = CreateClient(new ScriptedTransport(Broken));
            await client.TrashFilesAsync([1]);
        }));
        yield return ("unknown, no list of files found", await OfAsync(async () =>
        {
            using var client = CreateClient(new ScriptedTransport(Answer(200, """{"code":0,"message":"ok","data":{}}""")));
            await client.GetFilesAsync([1]);
        }));
        foreach (var data in new[] { "null", """{"lastFileId":1,"fileList":[]}""", """{"fileList":[]}""" })
        {
            yield return ($"unknown, list with {data}", await OfAsync(async () =>
            {
                var page = Answer(200, $$"""{"code":0,"message":"ok","data":{{data}}}""");
                using var client = CreateClient(new ScriptedTransport(page, page));
                await client.ListFilesAsync(7).ToListAsync();
            }));
        }

        yield return ("unknown, empty", await OfCallAsync(Answer(200, "")));
        yield return ("unknown, not JSON", await OfCallAsync(Answer(503, "<html>")));
        yield return ("unknown, not an object", await OfCallAsync(Answer(200, "[]")));
        yield return ("unknown, no code", await OfCallAsync(Answer(200, """{"message":"ok"}""")));
        yield return ("unknown, code of another type", await OfCallAsync(Answer(200, """{"code":"0"}""")));
        yield return ("unknown, code twice", await OfCallAsync(Answer(200, """{"code":0,"code":0}""")));
        yield return ("unknown, no message", await OfCallAsync(Answer(200, """{"code":0}""")));
        yield return ("unknown, message of another type", await OfCallAsync(Answer(200, """{"code":0,"message":7}""")));
        yield return ("unknown, code against HTTP status", await OfCallAsync(Answer(201, """{"code":0,"message":"ok"}""")));
        yield return ("unknown, response to another request", await OfCallAsync(async request =>
        {
            var response = await Answer(200, """{"code":0,"message":"ok"}""")(request);
            response.RequestMessage = new HttpRequestMessage(HttpMethod.Post, "https://elsewhere.example/");
            return response;
        }));
    }

    private static async IAsyncEnumerable<(string Name, string Message)> NotSentAsync()
    {
        yield return ("not sent, unreachable", await OfCallAsync(_ => throw new HttpRequestException("Nobody listens.", new SocketException((int)SocketError.ConnectionRefused))));
        yield return ("not sent, circuit open", await OfAsync(async () =>
        {
            using var client = CreateClient(new ScriptedTransport(Answer(503, ""), Answer(503, "")), options => options.CircuitBreakerMinimumThroughput = 2);
            await OfAsync(() => client.DeleteFilesAsync([1]));
            await OfAsync(() => client.DeleteFilesAsync([1]));
            await client.DeleteFilesAsync([1]);
        }));
        yield return ("not sent, 429 until the time is out", await OfAsync(async () =>
        {
            var clock = new WaitedClock();
            using var client = CreateClient(
                new ScriptedTransport([.. Enumerable.Repeat(Answer(429, """{"code":429,"message":"too many requests"}"""), 20)]), build: builder => builder.Services.AddSingleton<TimeProvider>(clock));
            await clock.RunUntilAsync(client.DeleteFilesAsync([1]));
        }));
        yield return ("not sent, pause too long", await OfAsync(async () =>
        {
            using var client = CreateClient(new ScriptedTransport(TooMany(TimeSpan.FromHours(1))), build: builder => builder.Services.AddSingleton<TimeProvider>(new WaitedClock()));
            await OfAsync(() => client.DeleteFilesAsync([1]));
            await client.DeleteFilesAsync([1]);
        }));
        yield return ("not sent, disposed while waiting for a permit", await OfAsync(async () =>
        {
            var arrived = new TaskCompletionSource();
            using var client = CreateClient(new ScriptedTransport(_ => HangAsync(arrived)), options => options.RequestsPerSecond = 1);
            var first = client.DeleteFilesAsync([1]);
            await arrived.Task;
            var second = client.DeleteFilesAsync([2]);
            await client.DisposeAsync();
            await OfAsync(() => first);
            await second;
        }));
        yield return ("not sent, timed out", await OfTimeoutAsync(TimeSpan.FromMinutes(1), _ => new ScriptedTransport(), arrived => new StubProvider(() =>
        {
            arrived.SetResult();
            return new TaskCompletionSource<AccessToken>().Task;
        })));
        yield return ("not sent, answered by a handler", await OfHandlerAsync((_, _) => Task.FromResult(Handlers.MadeUp(HttpStatusCode.OK, FakeService.Success))));
        yield return ("not sent, a handler failed", await OfHandlerAsync((_, _) => throw new NotSupportedException("The handler's own words.")));
        yield return ("not sent, a handler failed and told a secret", await OfHandlerAsync((_, _) => throw new NotSupportedException($"The handler's own words, and {Token}.")));
        yield return ("not sent, out of the call's context", await OfHandlerAsync((request, send) =>
        {
            var another = new HttpRequestMessage(request.Method, request.RequestUri);
            using (ExecutionContext.SuppressFlow())
            {
                return Task.Run(() => send(another));
            }
        }));
        yield return ("not sent, address changed", await OfHandlerAsync((request, send) =>
        {
            request.RequestUri = new Uri("https://elsewhere.example/path?query");
            return send(request);
        }));
        yield return ("not sent, body changed", await OfHandlerAsync(Handlers.SwapFilesAsync));
        yield return ("not sent, the call has ended", await OfAsync(async () =>
        {
            var ended = new TaskCompletionSource();
            var late = Task.CompletedTask;
            await OfHandlerAsync((request, send) =>
            {
                late = SendLateAsync();
                return Task.FromResult(Handlers.MadeUp(HttpStatusCode.OK, FakeService.Success));

                async Task SendLateAsync()
                {
                    await ended.Task;
                    await send(request);
                }
            });
            ended.SetResult();
            await late;
        }));
    }

    private static async IAsyncEnumerable<(string Name, string Message)> CancellationsAsync()
    {
        yield return ("cancelled, not sent", await OfAsync(async () =>
        {
            using var client = CreateClient(new ScriptedTransport());
            await client.DeleteFilesAsync([1], new CancellationToken(canceled: true));
        }));
        yield return ("cancelled, unknown", await OfCancellationAsync(Broken));
        yield return ("cancelled, rejected", await OfCancellationAsync(Answer(200, NotFound)));
    }

    private static async Task<HttpResponseMessage> Broken(HttpRequestMessage request)
    {
        await request.Content!.CopyToAsync(Stream.Null);
        throw new HttpRequestException("The connection broke.");
    }

    private static Answer TooMany(TimeSpan pause) => async request =>
    {
        var response = await Answer(429, "")(request);
        response.Headers.RetryAfter = new RetryConditionHeaderValue(pause);
        return response;
    };

    private static Task<HttpResponseMessage> HangAsync(TaskCompletionSource arrived)
    {
        arrived.SetResult();
        return new TaskCompletionSource<HttpResponseMessage>().Task;
    }

    private static async Task<HttpResponseMessage> SendTwiceAsync(HttpRequestMessage request, Send send)
    {
        (await send(request)).Dispose();
        return await send(request);
    }

    private static Task<string> OfCallAsync(params Answer[] answers) => OfHandlerAsync((request, send) => send(request), answers);

    /// <summary>What a call says with a handler of the application.</summary>
    private static Task<string> OfHandlerAsync(Func<HttpRequestMessage, Send, Task<HttpResponseMessage>> around, params Answer[] answers) => OfAsync(async () =>
    {
        using var client = CreateClient(new ScriptedTransport(answers), build: builder => builder.AddHttpMessageHandler(() => new ApplicationHandler(around)));
        await client.DeleteFilesAsync([1, 2]);
    });

    /// <summary>What a call says that is cancelled after its request had this answer.</summary>
    private static Task<string> OfCancellationAsync(Answer answer) => OfAsync(async () =>
    {
        using var cancellation = new CancellationTokenSource();
        using var client = CreateClient(new ScriptedTransport(answer), build: builder => builder.AddHttpMessageHandler(() => new ApplicationHandler(async (request, send) =>
        {
            try
            {
                (await send(request)).Dispose();
            }
            finally
            {
                await cancellation.CancelAsync();
                cancellation.Token.ThrowIfCancellationRequested();
            }

            throw new AssertionException("The call was not cancelled.");
        })));
        await client.DeleteFilesAsync([1, 2], cancellation.Token);
    });

    private static Task<string> OfTimeoutAsync(
        TimeSpan timeout,
        Func<TaskCompletionSource, HttpMessageHandler> transport,
        Func<TaskCompletionSource, IAccessTokenProvider>? provider = null) => OfAsync(async () =>
    {
        var clock = new WaitedClock();
        var arrived = new TaskCompletionSource();
        using var client = CreateClient(transport(arrived), options => options.TotalTimeout = TimeSpan.FromMinutes(1), builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            if (provider is not null)
            {
                builder.Services.AddSingleton(provider(arrived));
            }
        });
        var call = client.DeleteFilesAsync([1, 2]);
        await arrived.Task;
        clock.Advance(timeout);
        await call;
    });

    private sealed class StubProvider(Func<Task<AccessToken>> getToken) : IAccessTokenProvider
    {
        public ValueTask<AccessToken> GetAccessTokenAsync(AccessToken? rejectedToken, CancellationToken cancellationToken) => new(getToken().WaitAsync(cancellationToken));
    }
}
