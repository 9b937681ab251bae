using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Pan123.Tests;

/// <summary>A request that is sent more than once, as a handler of the host application may do.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RetryBookkeepingTests
{
    private const string Refusal = """{"code":5066,"message":"file not found"}""";

    private static readonly HttpRequestException Refused = new("Connection refused", new SocketException((int)SocketError.ConnectionRefused));

    [TestCase(200, FakeService.Success, ExpectedResult = 200)]
    [TestCase(200, """{"code":401,"message":"token is expired"}""", ExpectedResult = 401)]
    [TestCase(200, """{"code":503,"message":"busy"}""", ExpectedResult = 503)]
    [TestCase(200, """{"code":400,"message":"bad request"}""", ExpectedResult = 400)]
    [TestCase(200, """{"code":599,"message":"busy"}""", ExpectedResult = 599)]
    [TestCase(200, """{"code":600,"message":"failed"}""", ExpectedResult = 422)]
    [TestCase(400, """{"code":1,"message":"failed"}""", ExpectedResult = 400)]
    [TestCase(200, Refusal, ExpectedResult = 422)]
    [TestCase(200, """{"code":-1,"message":"failed"}""", ExpectedResult = 422)]
    [TestCase(500, Refusal, ExpectedResult = 500)]
    [TestCase(200, "<html>", ExpectedResult = 502)]
    [TestCase(302, "<html>", ExpectedResult = 502)]
    [TestCase(400, "<html>", ExpectedResult = 400)]
    [TestCase(404, "<html>", ExpectedResult = 404)]
    [TestCase(503, "<html>", ExpectedResult = 503)]
    public async Task<int> A_handler_of_the_application_sees_what_the_body_means_as_HTTP_status(int status, string body)
    {
        var recorder = new StatusRecorder();
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(status, body)), recorder);

        await IgnoreFailureAsync(client.DeleteFilesAsync([1]));

        return recorder.Status;
    }

    [Test]
    public async Task A_refusal_and_then_a_success_is_a_success()
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(429, ""), ScriptedTransport.Answer(200, FakeService.Success)), new Retry());

        var response = await client.DeleteFilesAsync([1]);

        Assert.That(response.Code, Is.Zero);
    }

    [Test]
    public async Task A_refusal_and_then_another_is_a_rejection()
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(400, ""), ScriptedTransport.Answer(200, Refusal)), new Retry());

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => client.DeleteFilesAsync([1])))!;

        Assert.That(rejected.Code, Is.EqualTo(Pan123ErrorCode.FileNotFound));
    }

    [Test]
    public async Task A_refusal_after_an_attempt_without_verdict_leaves_the_outcome_unknown()
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(200, "<html>"), ScriptedTransport.Answer(200, Refusal)), new Retry());

        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync([1])))!;

        Assert.That(unknown.InnerException, Is.InstanceOf<Pan123ApiException>().With.Property(nameof(Pan123ApiException.Code)).EqualTo(Pan123ErrorCode.FileNotFound));
    }

    [Test]
    public async Task A_success_after_an_attempt_without_verdict_is_a_success()
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(200, "<html>"), ScriptedTransport.Answer(200, FakeService.Success)), new Retry());

        Assert.That(await client.DeleteFilesAsync([1]), Is.Not.Null);
    }

    [Test]
    public async Task A_connection_refused_after_an_attempt_without_verdict_leaves_the_outcome_unknown()
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(200, "<html>"), _ => throw Refused), new Retry());

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync([1]));
    }

    [Test]
    public async Task A_connection_refused_twice_means_not_sent()
    {
        using var client = CreateClient(new ScriptedTransport(_ => throw Refused, _ => throw Refused), new Retry());

        await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync([1]));
    }

    [Test]
    public async Task A_handler_that_fails_on_a_success_leaves_it_a_success()
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(200, FakeService.Success)), new FailureAfterAnswer());

        Assert.That((await client.DeleteFilesAsync([1])).TraceId, Is.EqualTo(FakeService.TraceId));
    }

    [Test]
    public async Task A_handler_that_fails_on_a_refusal_leaves_it_a_rejection()
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(200, Refusal)), new FailureAfterAnswer());

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => client.DeleteFilesAsync([1])))!;

        Assert.That(rejected.Code, Is.EqualTo(Pan123ErrorCode.FileNotFound));
    }

    [Test]
    public async Task A_success_that_a_handler_threw_away_to_send_again_is_a_success_whatever_comes_then()
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(200, FakeService.Success), ScriptedTransport.Answer(200, Refusal)), new Repetition());

        Assert.That((await client.DeleteFilesAsync([1])).TraceId, Is.EqualTo(FakeService.TraceId));
    }

    [Test]
    public async Task A_handler_that_replaces_the_body_of_a_success_changes_nothing()
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(200, FakeService.Success)), new BodyReplacer());

        var response = await client.DeleteFilesAsync([1]);

        Assert.That(response.TraceId, Is.EqualTo(FakeService.TraceId));
    }

    [Test]
    public async Task A_handler_that_replaces_the_body_of_a_refusal_changes_nothing()
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(200, Refusal)), new BodyReplacer());

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => client.DeleteFilesAsync([1])))!;

        Assert.That(rejected.Code, Is.EqualTo(Pan123ErrorCode.FileNotFound));
    }

    [Test]
    public async Task A_body_that_a_handler_has_changed_is_not_sent()
    {
        var transport = new ScriptedTransport();
        using var client = CreateClient(transport, new BodyChanger());

        var notSent = (await Assert.ThrowsAsync<Pan123NotSentException>(() => client.DeleteFilesAsync([1])))!;

        Assert.That(notSent.Reason, Does.Contain("body"));
        Assert.That(transport.Requests, Is.Zero);
    }

    [TestCase(200, FakeService.Success)]
    [TestCase(200, Refusal)]
    [TestCase(404, "<html>")]
    public async Task What_another_address_says_is_neither_a_success_nor_a_rejection(int status, string body)
    {
        using var client = CreateClient(
            new ScriptedTransport(async request =>
            {
                var response = await ScriptedTransport.Answer(status, body)(request);
                response.RequestMessage = new HttpRequestMessage(HttpMethod.Post, new Uri("https://elsewhere.example/api/v1/file/delete"));
                return response;
            }),
            new StatusRecorder());

        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync([1])))!;

        Assert.That((unknown.StatusCode, unknown.ResponseExcerpt), Is.EqualTo(((HttpStatusCode?)status, body)));
    }

    [Test]
    public async Task A_body_that_a_handler_has_kept_may_have_been_sent_without_asking()
    {
        using var client = CreateClient(new ScriptedTransport(_ => throw Refused), new BodyKeeper());

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync([1]));
    }

    [TestCase(200, Refusal)]
    [TestCase(200, """{"code":401,"message":"token is expired"}""")]
    [TestCase(200, "<html>")]
    [TestCase(302, "<html>")]
    [TestCase(503, Refusal)]
    public async Task Of_a_copy_that_a_handler_sends_the_failure_has_the_HTTP_status_as_it_was_received(int status, string body)
    {
        using var client = CreateClient(new ScriptedTransport(ScriptedTransport.Answer(status, body), ScriptedTransport.Answer(status, body)), new Copier());

        var failure = (await Assert.CatchAsync<Pan123Exception>(() => client.DeleteFilesAsync([1])))!;

        Assert.That((int?)failure.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_custom_transport_that_fails_may_have_sent_a_body_that_it_has_not_read()
    {
        var failure = new IOException("The transport failed.");
        using var client = CreateClient(new ScriptedTransport(_ => throw failure), new StatusRecorder());

        var unknown = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync([1])))!;

        Assert.That(unknown.InnerException, Is.SameAs(failure));
    }

    [Test]
    public async Task A_custom_transport_that_replaces_the_body_may_have_sent_it_elsewhere()
    {
        using var transport = new ContentReplacer(_ => throw Refused);
#pragma warning disable RS0030 // Banned, so that all requests are judged; here, none is sent.
        using var client = Pan123Client.Create(new Pan123ClientOptions { AccessToken = "token", MaxRetries = 0 }, builder => builder.ConfigurePrimaryHttpMessageHandler(() => transport));
#pragma warning restore RS0030

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync([1]));
    }

    [Test]
    public async Task A_response_that_cannot_be_read_is_disposed()
    {
        using var body = new BrokenBody(() => { });
        using var client = CreateClient(new ScriptedTransport(_ => Task.FromResult(new HttpResponseMessage { Content = body })), new StatusRecorder());

        await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => client.DeleteFilesAsync([1]));

        Assert.That(body.IsDisposed, Is.True);
    }

    [Test]
    public async Task Of_a_request_in_flight_the_next_attempt_is_a_copy()
    {
        var seen = new List<(HttpRequestMessage Request, HttpContent? Content)>();
        var both = new TaskCompletionSource();
        using var client = CreateClient(new ScriptedTransport(SendAsync, SendAsync), new TwiceAtOnce());

        await client.DeleteFilesAsync([1]);

        var (first, second) = (seen[0], seen[1]);
        Assert.Multiple(() =>
        {
            Assert.That(first.Request, Is.InstanceOf<ApiRequest>());
            Assert.That(second.Request, Is.Not.SameAs(first.Request));
            Assert.That(second.Content, Is.Not.SameAs(first.Content));
            Assert.That((second.Request.Method, second.Request.RequestUri, second.Request.Version), Is.EqualTo((first.Request.Method, first.Request.RequestUri, TwiceAtOnce.Version)));
            Assert.That(second.Request.Headers.GetValues("Platform"), Is.EqualTo(first.Request.Headers.GetValues("Platform")));
        });

        async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
        {
            seen.Add((request, request.Content));
            if (seen.Count == 2)
            {
                both.SetResult();
            }

            await both.Task;
            return await ScriptedTransport.Answer(200, FakeService.Success)(request);
        }
    }

    [Test]
    public async Task An_attempt_that_has_ended_takes_nothing_from_the_next_one()
    {
        var hasEnded = new TaskCompletionSource();
        using var body = new BrokenBody(() => hasEnded.TrySetResult());
        var handler = new NextBeforeReturn(hasEnded.Task);
        (string? Authorization, string? Body) seen = default;
        using var client = CreateClient(new ScriptedTransport(SendFirstAsync, SendAsync), handler);

        await client.DeleteFilesAsync([1]);

        Assert.That(seen, Is.EqualTo(("Bearer token", """{"fileIDs":[1]}""")));

        async Task<HttpResponseMessage> SendFirstAsync(HttpRequestMessage request)
        {
            // Only after the handler has begun to wait does it go on within the disposal.
            await handler.IsWaiting;
            return new HttpResponseMessage { Content = body };
        }

        async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
        {
            await handler.First!.ContinueWith(_ => { }, TaskScheduler.Default);
            var content = request.Content;
            seen = (request.Headers.Authorization?.ToString(), content is null ? null : await content.ReadAsStringAsync());
            return await ScriptedTransport.Answer(200, FakeService.Success)(request);
        }
    }

    private static StandalonePan123Client CreateClient(HttpMessageHandler transport, DelegatingHandler outermost) => Pan123Client.Create(
        new Pan123ClientOptions { AccessToken = "token", MaxRetries = 0, RetryDelay = TimeSpan.FromMilliseconds(1) },
        builder =>
        {
            builder.Services.ConfigureHttpClientDefaults(defaults => defaults.AddHttpMessageHandler(() => outermost));
            builder.SendTo(transport);
        });

    private static async Task IgnoreFailureAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Pan123Exception)
        {
            // What the call ends in is not what the test is about.
        }
    }

    private sealed class StatusRecorder : DelegatingHandler
    {
        public int Status { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Status = (int)response.StatusCode;
            return response;
        }
    }

    private sealed class Retry : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException)
            {
                // Once more, whatever it was.
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class TwiceAtOnce : DelegatingHandler
    {
        public static readonly Version Version = new(2, 0);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Version = Version;
            var (first, second) = (base.SendAsync(request, cancellationToken), base.SendAsync(request, cancellationToken));
            (await first).Dispose();
            return await second;
        }
    }

    /// <summary>Sends the request again as soon as the first attempt has ended, which has not returned yet.</summary>
    private sealed class NextBeforeReturn(Task hasEnded) : DelegatingHandler
    {
        private readonly TaskCompletionSource _isWaiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsWaiting => _isWaiting.Task;

        public Task? First { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            First = base.SendAsync(request, cancellationToken);
            var next = SendNextAsync();
            _isWaiting.SetResult();
            return await next;

            async Task<HttpResponseMessage> SendNextAsync()
            {
                await hasEnded;
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }

    private sealed class ContentReplacer(Func<HttpRequestMessage, Task<HttpResponseMessage>> send) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content = new StringContent("another body");
            return send(request);
        }
    }

    private sealed class BrokenBody(Action onDispose) : HttpContent
    {
        public bool IsDisposed { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new IOException("The connection was reset.");

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            onDispose();
            base.Dispose(disposing);
        }
    }

    private sealed class FailureAfterAnswer : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var response = await base.SendAsync(request, cancellationToken);
            throw new HttpRequestException("The handler failed.");
        }
    }

    private sealed class Repetition : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using (await base.SendAsync(request, cancellationToken))
            {
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }

    private sealed class BodyReplacer : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            response.Content = new ByteArrayContent(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return response;
        }
    }

    /// <summary>As retries are often written by hand, since a request could once be sent only once.</summary>
    private sealed class Copier : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
            foreach (var header in request.Headers)
            {
                copy.Headers.Add(header.Key, header.Value);
            }

            return await base.SendAsync(copy, cancellationToken);
        }
    }

    private sealed class BodyKeeper : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.LoadIntoBufferAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class BodyChanger : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content = new StringContent("""{"fileIDs":[2]}""");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
