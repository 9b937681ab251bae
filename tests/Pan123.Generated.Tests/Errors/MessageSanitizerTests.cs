using System.Net;
using System.Text;

namespace Pan123.Tests;

/// <summary>What the sanitizer makes of a text, and so of what the service says in an exception: short, on one line, and without the token.</summary>
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

    [TestCase(255)]
    [TestCase(256)]
    public void A_text_that_is_short_enough_stays(int length)
    {
        var text = new string('a', length);

        Assert.That(new MessageSanitizer().Clean(text), Is.SameAs(text));
    }

    [TestCase(257)]
    [TestCase(100_000)]
    public void A_longer_text_is_cut_to_256_characters(int length) =>
        Assert.That(new MessageSanitizer().Clean(new string('a', length)), Is.EqualTo($"{new string('a', 255)}…"));

    [Test]
    public void No_half_of_a_pair_stays_where_a_text_is_cut() =>
        Assert.That(new MessageSanitizer().Clean($"{new string('a', 254)}😀{new string('b', 100)}"), Is.EqualTo($"{new string('a', 254)}…"));

    [TestCase(" ~", ExpectedResult = " ~", TestName = "The_ends_of_ASCII_that_can_be_printed_stay")]
    [TestCase("a\u007Fb", ExpectedResult = "a b", TestName = "A_control_is_a_blank")]
    [TestCase("a\uDB40\uDC41b", ExpectedResult = "a  b", TestName = "A_pair_that_is_invisible_is_two_blanks")]
    [TestCase("文件😀é", ExpectedResult = "文件😀é", TestName = "What_can_be_read_stays")]
    [TestCase("\u202E\u2028\u0085😀\u0000", ExpectedResult = "   😀 ", TestName = "Each_of_several_is_replaced")]
    public string What_cannot_be_printed_is_replaced(string text) => MessageSanitizer.ReplaceUnprintable(text);

    [Test]
    public void Half_a_pair_is_the_replacement_character() =>
        Assert.That(MessageSanitizer.ReplaceUnprintable("a\uD83Db\uDE00c\uD83D"), Is.EqualTo("a\uFFFDb\uFFFDc\uFFFD"));

    [TestCase(10)]
    [TestCase(100)]
    [TestCase(1000)]
    public void However_often_a_secret_comes_none_of_it_is_left_where_the_text_is_cut(int times)
    {
        var messages = new MessageSanitizer();
        var secret = new string('s', 300);
        messages.AddSecret(secret);
        var escaped = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));

        Assert.That(messages.Clean(string.Join(',', Enumerable.Repeat(escaped, times))).Split(',', '…'), Is.All.EqualTo("[secret]").Or.Length.LessThan(8));
    }

    [Test]
    public void A_secret_is_redacted_before_the_text_is_cut()
    {
        var messages = new MessageSanitizer();
        messages.AddSecret("short");
        messages.AddSecret(new string('s', 200));
        messages.AddSecret(null);
        messages.AddSecret("");

        // Escaped, so that it reaches far beyond where the text is cut.
        var text = $"{new string('a', 250)}{string.Concat(Enumerable.Repeat("&#x0073;", 200))}";

        Assert.That((messages.Clean(text), messages.ContainsSecret(text), messages.ContainsSecret("a")), Is.EqualTo(($"{new string('a', 250)}[secr…", true, false)));
    }

    [Test]
    public void An_exception_without_a_secret_stays_itself_and_another_keeps_its_kind()
    {
        var messages = new MessageSanitizer();
        messages.AddSecret("my-secret");
        var harmless = new HttpRequestException("two\r\nlines");
        using var cancellation = new CancellationTokenSource();

        var request = messages.Clean(new HttpRequestException("my-secret", inner: null, HttpStatusCode.BadGateway));
        var cancelled = messages.Clean(new OperationCanceledException("my-secret", cancellation.Token));
        var other = messages.Clean(new FormatException("a", new FormatException("my-secret")));

        Assert.Multiple(() =>
        {
            Assert.That(messages.Clean(harmless), Is.SameAs(harmless));
            Assert.That(request, Is.TypeOf<HttpRequestException>().With.Message.EqualTo("[secret]").And.InnerException.Null);
            Assert.That(cancelled, Is.TypeOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
            Assert.That(other, Is.TypeOf<InvalidOperationException>().With.Message.EqualTo("FormatException: a").And.InnerException.Null);
        });
    }
}
