using System.Net;

namespace Pan123.Tests;

/// <summary>What the service says, in an exception: short, on one line, and without the token.</summary>
public sealed class MessageSanitizerTests<TService> : ServiceFixture<TService>
    where TService : FakeService, new()
{
    private const string Canary = FakeService.AccessToken;

    private static readonly long[] Ids = [14705301, 14705306];

    [Test]
    public async Task What_the_service_says_is_one_line_that_commands_no_terminal_and_turns_no_direction()
    {
        Service.Answer("""{"code":1,"message":"a\u202Eb\u2066c\u200Fd\u2028e\u2029f\u0085g\u001B[2Jh\ni\uFEFFj 文件 😀","x-traceID":"k\u0000l"}""");

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That((rejected.ApiMessage, rejected.TraceId), Is.EqualTo(("a b c d e f g [2Jh i j 文件 😀", "k l")));
    }

    [Test]
    public async Task Words_of_just_the_length_are_not_cut()
    {
        var words = new string('a', 256);
        Service.Answer($$"""{"code":1,"message":"{{words}}"}""");

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That(rejected.ApiMessage, Is.EqualTo(words));
    }

    [Test]
    public async Task Evidence_is_one_short_line([Values(200, 404)] int status)
    {
        Service.Answer((HttpStatusCode)status, "text/html", string.Concat(Enumerable.Repeat("<p>\r\n\t\0long</p>", 10_000)));

        var failure = (await Assert.CatchAsync<Pan123Exception>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.Multiple(() =>
        {
            Assert.That(failure.ResponseExcerpt, Has.Length.EqualTo(256).And.StartsWith("<p>    long</p><p>").And.EndsWith("…"));
            Assert.That(failure.Message, Has.Length.LessThan(600).And.Not.Contains("\n"));
        });
    }

    [Test]
    public async Task The_services_own_words_are_one_short_line_in_an_exception()
    {
        Service.Answer($$"""{"code":1,"message":"a\r\n{{new string('b', 10_000)}}","x-traceID":"{{new string('c', 10_000)}}"}""");

        var rejected = (await Assert.ThrowsAsync<Pan123ApiException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.Multiple(() =>
        {
            Assert.That(rejected.ApiMessage, Has.Length.EqualTo(256).And.StartsWith("a  bbb"));
            Assert.That(rejected.TraceId, Has.Length.EqualTo(256));
        });
    }

    [TestCase(200, $"<pre>Authorization: Bearer {Canary}</pre>")]
    [TestCase(401, $"<pre>Authorization: Bearer {Canary}</pre>")]
    [TestCase(500, $"Bearer {Canary}")]
    [TestCase(200, $$"""{"code":401,"message":"{{Canary}} is expired","x-traceID":"{{Canary}}" }""")]
    [TestCase(200, $$"""{"code":0,"message":"ok","data":{"{{Canary}}":1,"{{Canary}}" 2} }""", Description = "Json.NET quotes the path in its message")]
    [TestCase(200, $$"""{"code":"{{Canary}}" }""")]
    public async Task An_answer_that_echoes_the_token_does_not_bring_it_into_an_exception(int status, string body)
    {
        Service.Answer((HttpStatusCode)status, "text/html", body);

        var failure = (await Assert.CatchAsync<Pan123Exception>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That(failure.ToString() + failure.ResponseExcerpt + (failure as Pan123ApiException)?.ApiMessage, Does.Not.Contain(Canary));
    }

    [Test]
    public async Task A_token_at_the_edge_of_the_excerpt_leaves_no_part_of_it([Range(230, 256)] int position)
    {
        Service.Answer(new string('x', position) + Canary);

        var failure = (await Assert.ThrowsAsync<Pan123OutcomeUnknownException>(() => Service.Client.DeleteFilesAsync(Ids)))!;

        Assert.That(failure.ResponseExcerpt, Does.Not.Contain(Canary[..3]));
    }
}
